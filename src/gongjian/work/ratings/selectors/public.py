"""What everybody may see: results that hang or are published, and objections by their secret."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.notice_days import NoticeClock
from gongjian.kernel.workdays import WorkCalendar
from gongjian.work.ratings.models import Candidate, Notice, Objection, Round, Scheme, Standing
from gongjian.work.ratings.selectors.rounds import rounds
from gongjian.work.ratings.selectors.standings import holders
from gongjian.work.ratings.services.noticing import clock_of


@dataclass(frozen=True)
class Hanging:
    notice: Notice
    clock: NoticeClock


def hanging() -> list[Hanging]:
    calendar = WorkCalendar()
    found = Notice.objects.filter(round__state=Round.State.NOTICE, ended_at__isnull=True)
    related = found.select_related("round__scheme", "round__version").prefetch_related("objections")
    return [Hanging(notice, clock_of(notice, calendar)) for notice in related.order_by("published_at")]


def get_hanging(pk: int) -> Hanging:
    """Also one that has come down after publication. Raises Missing for one taken down to be checked again."""
    found = Notice.objects.select_related("round__scheme", "round__version").filter(pk=pk, taken_down=False).first()
    if found is None:
        raise Missing(_("没有这个公示，或者已经撤下重查。"))
    return Hanging(found, clock_of(found))


def notice_of(rated: Round) -> Hanging | None:
    """The one that hangs, or hung last."""
    found = Notice.objects.filter(round=rated).order_by("-pk").first()
    return Hanging(found, clock_of(found)) if found else None


def published() -> QuerySet[Round]:
    return rounds().filter(state=Round.State.PUBLISHED).order_by("-published_at")


def get_public(pk: int) -> Round:
    """Raises Missing for what neither hangs nor is published."""
    found = rounds().filter(pk=pk, state__in=[Round.State.NOTICE, Round.State.PUBLISHED]).first()
    if found is None:
        raise Missing(_("没有这一轮评定，或者还没有公示。"))
    return found


@dataclass(frozen=True)
class Held:
    scheme: Scheme
    standings: list[Standing]


def held() -> list[Held]:
    """Who holds stars, scheme by scheme."""
    found = [Held(scheme, holders(scheme)) for scheme in Scheme.objects.order_by("pk")]
    return [one for one in found if one.standings]


def objections(rated: Round) -> QuerySet[Objection]:
    related = ("candidate__organization", "candidate__place", "notice__round")
    return Objection.objects.filter(notice__round=rated).select_related(*related).order_by("-pk")


def get_objection(pk: int) -> Objection:
    """Raises Missing."""
    return _one(Objection.objects.filter(pk=pk))


def follow(token: str) -> Objection:
    """Raises Missing."""
    return _one(Objection.objects.filter(token=token))


def _one(found: QuerySet[Objection]) -> Objection:
    related = ("candidate__organization", "candidate__place", "notice__round__scheme", "found_by")
    one = found.select_related(*related).first()
    if one is None:
        raise Missing(_("没有这条异议。"))
    return one


def listed(rated: Round) -> QuerySet[Candidate]:
    """Whom one may object to."""
    return Candidate.objects.filter(round=rated, left_at__isnull=True).select_related("organization", "place")
