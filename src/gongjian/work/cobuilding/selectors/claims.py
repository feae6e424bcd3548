"""Questions about claims, as far as the asking account may know of them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Role
from gongjian.work.cobuilding.models import Claim, ClaimEvidence, ClaimStep

WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
NEWEST = ("-moved_at", "-pk")


def claims(account: Account, *, state: str = "", words: str = "", kind: str = "") -> QuerySet[Claim]:
    """`state` is one of a claim's, or empty for all."""
    found = Claim.objects.filter(own(account)).select_related("organization", "place", "need", "offer")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if words := words.strip():
        found = found.filter(Q(title__icontains=words) | Q(organization__name__icontains=words))
    return found.order_by(*NEWEST)


def own(account: Account) -> Q:
    """What lies in the account's communities or with its organizations; everything for the office."""
    if account.holds(*WHOLE_OFFICE):
        return Q()
    return inside(account.community_paths()) | Q(organization__in=account.organization_ids())


def inside(paths: list[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    return found


def get_claim(account: Account, pk: int) -> Claim:
    """With steps and evidence. Raises Missing also for one that `account` may not know of."""
    steps = Prefetch("steps", ClaimStep.objects.select_related("by").order_by("at", "pk"))
    evidence = Prefetch("evidence_links", ClaimEvidence.objects.select_related("evidence"))
    found = claims(account).select_related("proposed_by", "reported_by").prefetch_related(steps, evidence)
    claim = found.filter(pk=pk).first()
    if claim is None:
        raise Missing(_("没有这个项目，或者它不归您看。"))
    return claim


def claims_about(account: Account, **what: Any) -> list[Claim]:
    """Of one need or one offer, newest first. Who claimed how much is open to all staff; the page of a claim is not."""
    found = Claim.objects.filter(**what).select_related("organization", "place").order_by(*NEWEST)
    return list(found[:50])
