"""What an account must do today about votes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found, HomeLine, HomeList
from gongjian.registry.models import Account
from gongjian.work.projects.models import Project
from gongjian.work.projects.sections import Section, SectionAct, SectionLine
from gongjian.work.projects.voting.models import Objection, Vote
from gongjian.work.projects.voting.selectors.votes import PUBLIC, own

MOST = 20
ANSWER_WITHIN = timedelta(days=7)
State = Vote.State


def desk_items(account: Account) -> list[DeskItem]:
    if not may(account, "voting.keep"):
        return []
    votes = Vote.objects.filter(own(account)).select_related("place")
    return [*_to_lock(votes), *_to_answer(votes), *_to_finish(votes)]


def _to_lock(votes: QuerySet[Vote]) -> Iterator[DeskItem]:
    for vote in votes.filter(state=State.OPEN, closes_at__lt=clock.now())[:MOST]:
        yield _item(vote, _("核对纸质票，锁定结果"), vote.closes_at + timedelta(days=3))


def _to_answer(votes: QuerySet[Vote]) -> Iterator[DeskItem]:
    open_still = Objection.objects.filter(vote__in=votes, upheld__isnull=True).select_related("vote__place")
    for objection in open_still.order_by("received_at")[:MOST]:
        yield _item(objection.vote, _("答复异议"), objection.received_at + ANSWER_WITHIN)


def _to_finish(votes: QuerySet[Vote]) -> Iterator[DeskItem]:
    for vote in votes.filter(state=State.LOCKED, objections_until__lt=clock.now())[:MOST]:
        yield _item(vote, _("公示期满，办结"), (vote.objections_until or clock.now()) + timedelta(days=3))


def _item(vote: Vote, action: str, due: datetime) -> DeskItem:
    url = reverse("voting:vote", args=[vote.pk])
    return DeskItem(_("业主表决"), vote.title, str(vote.place), url, action, due)


def home_list() -> HomeList | None:
    """Results that are published just now."""
    found = Vote.objects.filter(state=State.LOCKED, objections_until__gt=clock.now()).select_related("place")
    lines = [HomeLine(vote.title, str(vote.place), reverse("voting:result", args=[vote.pk])) for vote in found[:3]]
    return HomeList(_("业主表决公示"), lines, reverse("voting:results"), _("全部表决结果")) if lines else None


def search(account: Account, words: str) -> list[Found]:
    seen = Vote.objects.filter(state__in=PUBLIC)
    if may(account, "voting.view"):
        seen = seen | Vote.objects.filter(own(account))
    found = seen.filter(title__icontains=words).select_related("place")[:8]
    return [Found(_("业主表决"), vote.title, str(vote.place), _page_of(account, vote)) for vote in found]


def _page_of(account: Account, vote: Vote) -> str:
    return reverse("voting:vote" if may(account, "voting.view", vote) else "voting:result", args=[vote.pk])


def project_section(account: Account, project: Project) -> Section | None:
    """On the project's page."""
    if not may(account, "voting.view", project):
        return None
    found = project.votes.select_related("place")
    lines = [SectionLine(one.title, _span(one), _page_of(account, one), one.get_state_display()) for one in found]
    acts = [SectionAct(_("准备一次表决"), "plus", reverse("voting:prepare", args=[project.pk]))]
    may_keep = project.is_open and may(account, "voting.keep", project)
    empty = _("加装电梯、动用维修资金、改变共用部分，都要业主共同决定。")
    return Section(_("业主表决"), "checklist", lines, acts if may_keep else (), empty)


def _span(vote: Vote) -> str:
    days = [date_format(timezone.localtime(moment), "Y-m-d") for moment in (vote.opens_at, vote.closes_at)]
    return " – ".join(days)
