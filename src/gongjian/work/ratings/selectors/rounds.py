"""Questions about rounds, their candidates and results."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Organization, Place
from gongjian.work.ratings.models import Assessment, Candidate, Result, Review, Round, Subject
from gongjian.work.ratings.scoring.blueprint import Dimension
from gongjian.work.ratings.scoring.sheets import Sheet, sheet_of, sheets
from gongjian.work.ratings.services.rounds import LEVELS


def rounds() -> QuerySet[Round]:
    """Newest first, with how many take part."""
    taking_part = Count("candidates", filter=Q(candidates__left_at__isnull=True))
    return Round.objects.select_related("scheme", "version").annotate(taking_part=taking_part).order_by("-pk")


def get_round(pk: int) -> Round:
    """Raises Missing."""
    found = rounds().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这一轮评定。"))
    return found


def get_candidate(pk: int) -> Candidate:
    """Raises Missing."""
    related = ("round__scheme", "round__version", "organization__community", "place", "credited")
    found: Candidate | None = Candidate.objects.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个参评对象。"))
    return found


def may_enroll(rated: Round) -> QuerySet[Any]:
    """What the scheme rates and does not take part yet."""
    taking_part = rated.candidates.filter(left_at__isnull=True)
    if not rated.scheme.rates_places:
        others = Organization.objects.exclude(kind__in=[Organization.Kind.TEAM, Organization.Kind.COMMITTEE])
        return others.exclude(pk__in=taking_part.values("organization")).order_by("pinyin", "pk")
    levels = LEVELS[Subject(rated.scheme.subject)]
    return Place.objects.filter(level__in=levels).exclude(pk__in=taking_part.values("place")).order_by("path")


@dataclass(frozen=True)
class Row:
    """A candidate in the table of its round: as it stands now, or as it was computed and reviewed."""

    sheet: Sheet
    review: Review | None = None
    result: Result | None = None

    @property
    def candidate(self) -> Candidate:
        return self.sheet.candidate


def table(rated: Round) -> list[Row]:
    """Best first. While assessments go on, what they come to so far; afterwards the results of the last run."""
    if rated.state in (Round.State.ENROLLING, Round.State.ASSESSING) or not rated.run:
        return [Row(sheet) for sheet in sheets(rated)]
    return [Row(sheet_of(one), getattr(one, "review", None), one) for one in results(rated)]


def results(rated: Round) -> list[Result]:
    """Of the last run, best first."""
    found = Result.objects.filter(candidate__round=rated, run=rated.run, candidate__left_at__isnull=True)
    related = ("candidate__organization__community", "candidate__place", "candidate__credited", "review__reviewer")
    return list(found.select_related(*related).order_by("-stars", "place", "pk"))


def row_of(candidate: Candidate) -> Row:
    """Raises Missing for one that left before anything was computed."""
    found = next((row for row in table(candidate.round) if row.candidate.pk == candidate.pk), None)
    if found is None:
        raise Missing(_("“%(name)s”已经退出，没有得分。") % {"name": candidate})
    return found


def assessments(candidate: Candidate) -> QuerySet[Assessment]:
    """Newest first, each with its photos."""
    return candidate.assessments.select_related("assessed_by").prefetch_related("evidence").order_by("-pk")


@dataclass(frozen=True)
class Checked:
    """A dimension to be checked on site, and the last assessment of it."""

    dimension: Dimension
    last: Assessment | None


def to_check(candidate: Candidate) -> list[Checked]:
    newest = candidate.assessments.select_related("assessed_by").order_by("dimension", "-number").distinct("dimension")
    last = {one.dimension: one for one in newest}
    dimensions = candidate.round.version.blueprint.dimensions
    return [Checked(one, last.get(one.code)) for one in dimensions if one.checked]


def kinds_of(rated: Round) -> dict[str, DeedKind]:
    """What the automatic indicators count, by code."""
    return DeedKind.objects.in_bulk({one.ledger.kind for one in rated.version.blueprint.indicators() if one.ledger})
