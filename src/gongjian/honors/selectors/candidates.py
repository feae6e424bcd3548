"""Questions about candidates and their statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.honors.figures import Span, known_figures, unbacked
from gongjian.honors.models import Award, Campaign, Candidate, Statement
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.kernel.errors import Missing
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import NEWEST_FIRST, with_level
from gongjian.registry.models import Consent, Role


def candidates(campaign: Campaign) -> QuerySet[Candidate]:
    """In the campaign's order, with all that naming them needs."""
    consents = Consent.objects.filter(
        person=OuterRef("person"), purpose=Consent.Purpose.PUBLIC_NAMING, withdrawn_at__isnull=True
    )
    found = Candidate.objects.filter(campaign=campaign).annotate(naming_consent=Exists(consents))
    related = found.select_related(
        "category", "campaign", "organization__community", "person__community", "person__organization"
    )
    return related.order_by("category__order", "category_id", "pk")


def visible_candidates(account: Any, campaign: Campaign) -> QuerySet[Candidate]:
    """All for the office and the auditor; a community worker's and a liaison's own for them."""
    found = candidates(campaign)
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return found
    near = Q(pk__in=[])
    if account.holds(Role.COMMUNITY_WORKER):
        for path in account.community_paths():
            for doer in ("organization", "person"):
                near |= Q(**{f"{doer}__community__path": path}) | Q(**{f"{doer}__community__path__startswith": path + "/"})
    if account.holds(Role.UNIT_LIAISON):
        own = account.organization_ids()
        near |= Q(organization__in=own) | Q(person__organization__in=own)
    return found.filter(near)


def get_candidate(account: Any, pk: int) -> Candidate:
    """Raises Missing, also for one that `account` may not see."""
    campaign = Campaign.objects.filter(candidates=pk).first()
    found = visible_candidates(account, campaign).filter(pk=pk).first() if campaign and account.is_authenticated else None
    if found is None:
        raise Missing(_("没有这个候选对象。"))
    return found


def shortlisted(campaign: Campaign) -> list[Candidate]:
    """Those on the public notice who have not been removed."""
    return list(candidates(campaign).filter(state=Candidate.State.SHORTLISTED))


def current_statement(candidate: Candidate) -> Statement | None:
    return Statement.objects.filter(candidate=candidate).order_by("-number").first()


def unbacked_numbers(candidate: Candidate, text: str) -> list[Span]:
    """Where `text` states a number, date or house number that no deed of the candidate in the cycle carries."""
    return unbacked(text, known_figures(candidate, cycle_deeds(candidate)))


@dataclass(frozen=True)
class Entry:
    """One honored candidate as the honor page tells it."""

    award: Award
    candidate: Candidate
    statement: str
    deeds: list[Deed]


MOST_DEEDS_TOLD = 60


def honor_page(campaign: Campaign) -> list[Entry]:
    """Everyone who was given a title, with the statement and the newest public deeds behind it, for the figures' links."""
    statements = Prefetch("statements", Statement.objects.order_by("-number"))
    found = candidates(campaign).filter(state=Candidate.State.AWARDED).select_related("award_given__certificate")
    honored = list(found.prefetch_related(statements))
    deeds = _deeds_by_candidate(honored)
    return [Entry(c.award_given, c, next((s.text for s in c.statements.all()), ""), deeds[c.pk]) for c in honored]


def _deeds_by_candidate(honored: Sequence[Candidate]) -> dict[int, list[Deed]]:
    """In two queries: which, each candidate's by the index, then all of them."""
    newest = [cycle_deeds(c).filter(public=True).order_by(*NEWEST_FIRST).values("pk")[:MOST_DEEDS_TOLD] for c in honored]
    if not newest:
        return {}
    pks = [row["pk"] for row in newest[0].union(*newest[1:], all=True)]
    doers = {(c.doer_column, c.doer.pk): c.pk for c in honored}
    found: dict[int, list[Deed]] = {c.pk: [] for c in honored}
    deeds = with_level(Deed.objects.filter(pk__in=pks)).select_related("kind", "place", "organization", "team", "person")
    for deed in deeds.order_by(*NEWEST_FIRST):
        for column in ("organization", "team", "person"):
            candidate = doers.get((column, getattr(deed, f"{column}_id")))
            if candidate:
                found[candidate].append(deed)
    return found
