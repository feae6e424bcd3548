"""Votes that an account may know of, and those that strangers may."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.registry.models import Account, Role
from gongjian.work.projects.voting.models import Flat, FlatOwner, Objection, Proxy, Vote

PUBLIC = (Vote.State.LOCKED, Vote.State.FINAL)


def own(account: Account) -> Q:
    """Of the office: all; of a community: what lies in it."""
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return Q()
    inside = Q(pk__in=[])
    for path in account.community_paths():
        inside |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    return inside


def votes(account: Account, *, state: str = "") -> QuerySet[Vote]:
    found = Vote.objects.filter(own(account)).select_related("place", "project")
    if state in Vote.State.values:
        found = found.filter(state=state)
    return found.annotate(flat_count=Count("flats")).order_by("-closes_at", "-pk")


def get_vote(account: Account, pk: int) -> Vote:
    """Raises Missing also for one that `account` may not know of."""
    found = votes(account).prefetch_related("motions").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次表决，或者它不归您看。"))
    return found


def published_vote(pk: int) -> Vote:
    """With a result that everybody may read. Raises Missing."""
    found = Vote.objects.filter(pk=pk, state__in=PUBLIC).select_related("place", "office").prefetch_related("motions").first()
    if found is None:
        raise Missing(_("没有公布过这次表决的结果。"))
    return found


def roll(vote: Vote, words: str = "") -> QuerySet[Flat]:
    """In the order of numbers, with owners."""
    titles = Prefetch("titles", FlatOwner.objects.select_related("owner").order_by("pk"))
    found = Flat.objects.filter(vote=vote).prefetch_related(titles).order_by("number")
    if words := words.strip():
        found = found.filter(
            Q(number__icontains=words) | Q(pk__in=FlatOwner.objects.filter(owner__name__icontains=words).values("flat"))
        )
    return found


def get_flat(vote: Vote, pk: int) -> Flat:
    """Raises Missing."""
    found: Flat | None = roll(vote).filter(pk=pk).select_related("vote__place").first()
    if found is None:
        raise Missing(_("名册里没有这一户。"))
    return found


def flat_by_token(token: str) -> Flat:
    """Of a vote that was opened. Raises Missing."""
    titles = Prefetch("titles", FlatOwner.objects.select_related("owner").order_by("pk"))
    known = Flat.objects.select_related("vote__place").prefetch_related(titles, "vote__motions")
    found: Flat | None = known.filter(token=token).first()
    if found is None or found.vote.state == Vote.State.DRAFT:
        raise Missing(_("没有这个链接，请对照纸条上的地址或再扫一次码。"))
    return found


def get_proxy(account: Account, pk: int) -> Proxy:
    """Raises Missing."""
    found: Proxy | None = Proxy.objects.select_related("vote__place", "owner").filter(pk=pk).first()
    if found is None or not may(account, "voting.view", found.vote):
        raise Missing(_("没有这份委托。"))
    return found


def get_objection(account: Account, pk: int) -> Objection:
    """Raises Missing."""
    found: Objection | None = Objection.objects.select_related("vote__place").filter(pk=pk).first()
    if found is None or not may(account, "voting.view", found.vote):
        raise Missing(_("没有这条异议。"))
    return found
