"""Opening a round, enrolling who is rated, and the steps until its results stand for review."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.basis import check_words
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.ratings.models import Candidate, Notice, Round, Scheme, Subject
from gongjian.work.ratings.scoring.checking import check_ready
from gongjian.work.ratings.services import schemes
from gongjian.work.ratings.services.words import said

LEVELS = {
    Subject.COMPOUNDS: (Place.Level.COMPOUND,),
    Subject.BUILDINGS: (Place.Level.BUILDING, Place.Level.COMPOUND),
    Subject.COMMUNITIES: (Place.Level.COMMUNITY,),
}
"""Which places a scheme rates; a tower without buildings of its own is entered as a compound."""


@transaction.atomic
def open_round(
    actor: Account, *, scheme: Scheme, title: str, period_from: date, period_to: date, assess_until: date | None = None
) -> Round:
    """By the scheme's current version, which from now on stands still. Raises Invalid while that is unfinished."""
    require(actor, "ratings.manage")
    scheme = schemes.hold(scheme)
    words = said(title, _("请写名称，比如“2020 年度星级楼院”。"), field="title", most=60)
    check_words(words, has_basis=scheme.has_basis, field="title")
    if period_to < period_from:
        raise Invalid(_("评定期的结束早于开始。"), code="period-reversed", field="period_to")
    version = schemes.current_version(scheme)
    check_ready(version.blueprint)
    if not version.in_use:
        version.in_use = True
        version.save(update_fields=["in_use"])
    rated = Round(office=actor.office, scheme=scheme, version=version, title=words, opened_at=clock.now(), opened_by=actor)
    rated.period_from, rated.period_to, rated.assess_until = period_from, period_to, assess_until
    rated.notice_workdays = scheme.notice_workdays
    try:
        with transaction.atomic():
            rated.save()
    except IntegrityError as error:
        raise Conflict(_("这个办法已经有叫“%(title)s”的一轮了。") % {"title": words}, code="taken", field="title") from error
    audit.record(actor, "ratings.open_round", rated)
    return rated


@transaction.atomic
def enroll(actor: Account, *, rated: Round, subjects: Sequence[Organization | Place]) -> list[Candidate]:
    """Who is in already stays; who had left comes back. Raises Invalid for what the scheme does not rate."""
    require(actor, "ratings.manage")
    rated = hold(rated, Round.State.ENROLLING, Round.State.ASSESSING)
    if not subjects:
        raise Invalid(_("请选参评的。"), code="nobody", field="subjects")
    for subject in subjects:
        _check_subject(rated.scheme, subject)
    committees = _committees()
    column = "place" if rated.scheme.rates_places else "organization"
    for subject in subjects:
        credited = subject if isinstance(subject, Organization) else _keeper(subject, committees)
        values = {"credited": credited, "enrolled_at": clock.now(), "enrolled_by": actor}
        candidate, _new = Candidate.objects.get_or_create(round=rated, **{column: subject}, defaults=values)
        if candidate.left_at:
            candidate.left_at, candidate.left_because = None, ""
            candidate.save(update_fields=["left_at", "left_because"])
    audit.record(actor, "ratings.enroll", rated, subjects=[str(subject) for subject in subjects])
    return list(rated.candidates.filter(**{f"{column}__in": subjects}))


def _check_subject(scheme: Scheme, subject: Organization | Place) -> None:
    if scheme.rates_places:
        fits = isinstance(subject, Place) and subject.level in LEVELS[Subject(scheme.subject)]
    else:
        fits = isinstance(subject, Organization)
    if not fits:
        words = {"name": subject, "subject": scheme.get_subject_display()}
        raise Invalid(_("“%(name)s”不是%(subject)s，这个办法不评。") % words, code="subject", field="subjects")


def _committees() -> dict[str, Organization]:
    """Residents' committees by the path of their community."""
    found = Organization.objects.filter(kind=Organization.Kind.COMMITTEE, community__isnull=False)
    return {one.community.path: one for one in found.select_related("community") if one.community}


def _keeper(place: Place, committees: dict[str, Organization]) -> Organization | None:
    """The residents' committee of the community in which the place lies."""
    steps = place.path.split("/")
    uppers = ("/".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((committees[path] for path in uppers if path in committees), None)


@transaction.atomic
def withdraw(actor: Account, *, candidate: Candidate, reason: str) -> Candidate:
    """Before the results are computed. What was found stays on file."""
    require(actor, "ratings.manage")
    hold(candidate.round, Round.State.ENROLLING, Round.State.ASSESSING)
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.left_at:
        raise Conflict(_("已经退出了。"), code="left")
    candidate.left_because = said(reason, _("请写明退出的原因。"), field="reason", most=300)
    candidate.left_at = clock.now()
    candidate.save(update_fields=["left_at", "left_because"])
    audit.record(actor, "ratings.withdraw", candidate)
    return candidate


@transaction.atomic
def start_assessing(actor: Account, *, rated: Round) -> Round:
    require(actor, "ratings.manage")
    rated = hold(rated, Round.State.ENROLLING)
    if not rated.candidates.filter(left_at__isnull=True).exists():
        raise Invalid(_("还没有参评的，先报名。"), code="nobody")
    rated.start_assessing()
    return _kept(actor, rated, "ratings.start_assessing")


@transaction.atomic
def stop_round(actor: Account, *, rated: Round, reason: str) -> Round:
    """At any step before publication. Nobody gets or loses stars."""
    require(actor, "ratings.manage")
    rated = hold(rated, *(state for state in Round.State.values if state not in ("published", "stopped")))
    rated.stopped_because = said(reason, _("请写明中止的原因。"), field="reason", most=300)
    rated.stop()
    Notice.objects.filter(round=rated, ended_at__isnull=True).update(ended_at=clock.now(), taken_down=True)
    return _kept(actor, rated, "ratings.stop_round")


def hold(rated: Round, *states: str) -> Round:
    """Two clicks at once: the second waits here, then finds the state changed. Raises Conflict."""
    held: Round = Round.objects.select_for_update(of=("self",)).select_related("scheme", "version").get(pk=rated.pk)
    if held.state not in states:
        words = {"title": held.title, "state": held.get_state_display()}
        raise Conflict(_("“%(title)s”现在是“%(state)s”，不能办这一步。") % words, code="wrong-step")
    return held


def _kept(actor: Account, rated: Round, action: str, **detail: Any) -> Round:
    rated.save()
    audit.record(actor, action, rated, **detail)
    return rated
