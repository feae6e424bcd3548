"""Blowing a whistle: from anybody, by any way it comes in by."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict
from gongjian.kernel.inserting import insert_together
from gongjian.kernel.notifications.outbox import addressed, send_on
from gongjian.kernel.permissions import require
from gongjian.kernel.rates import spend
from gongjian.ledger.services import take_in_files, take_in_from_stranger
from gongjian.registry.models import Account, Office, Role
from gongjian.work.whistles.models import Happening, Photo, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, moving, note, set_clocks
from gongjian.work.whistles.services.noting import happening
from gongjian.work.whistles.services.reports import Report, choose, draft, origin
from gongjian.work.whistles.services.telling import tell_office, told_office
from gongjian.work.whistles.wording import suggest

Kind = Happening.Kind
MOST_PER_HOUR_FROM_ONE_ADDRESS = 30
"""A compound or a phone operator shares one address among many neighbors."""


@transaction.atomic
def report_publicly(actor: Any, *, office: Office, report: Report, address: str = "") -> Whistle:
    """`actor` may be anonymous; `address` is where it comes from. Raises Invalid, or TooMany for a flood."""
    require(actor, "whistles.report")
    if address:
        spend(f"whistles.report:{office.pk}:{address}", most=MOST_PER_HOUR_FROM_ONE_ADDRESS, within=timedelta(hours=1))
    return take_in(actor, office=office, report=report, source=Whistle.Source.PUBLIC)


@transaction.atomic
def blow_whistle(actor: Account, *, report: Report, source: str = Whistle.Source.STAFF) -> Whistle:
    """By staff. Waits for approval where the office demands it of communities."""
    require(actor, "whistles.blow", report.place)
    whistle = draft(actor.office, report, source)
    whistle.blown_by = actor
    if needs_approval(actor):
        with moving(whistle):
            whistle.submit()
        return _store(actor, whistle, report)
    return _blow_new(actor, whistle, report)


def take_in(actor: Any, *, office: Office, report: Report, source: str) -> Whistle:
    """A whistle that is blown as it comes in. Within the caller's transaction, which has asked for permission.

    Raises Conflict if `external_number` came by this way before.
    """
    return _blow_new(actor, draft(office, report, source), report)


def needs_approval(actor: Account) -> bool:
    return policy().approval_required and not actor.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER)


def _blow_new(actor: Any, whistle: Whistle, report: Report) -> Whistle:
    whistle.blow()
    return _store(actor, whistle, report)


def _store(actor: Any, whistle: Whistle, report: Report) -> Whistle:
    """In as few statements as it takes: what comes in must not queue."""
    choose(whistle, report.category)
    happened = [happening(actor, whistle, Kind.RECEIVED, public=True, **origin(report))]
    if whistle.state == State.BLOWN:
        happened.append(happening(actor, whistle, Kind.BLOWN, public=True))
        whistle.blown_at = happened[-1].at
        set_clocks(whistle, happened)
    _write(whistle, new=True)
    for one in happened:
        one.whistle = whistle
    told = told_office(whistle, "whistles.blown") if whistle.state == State.BLOWN else []
    deliveries, log = addressed(told), [audit.drafted(actor, f"whistles.{one.kind}", whistle) for one in happened]
    insert_together(happened, log, told, deliveries)
    send_on(deliveries)
    whistle.just_happened = happened
    _take_photos(actor, whistle, report)
    return whistle


def _write(whistle: Whistle, *, new: bool) -> None:
    """Only a number from outside can be there already; without one no savepoint is needed."""
    if not whistle.external_number:
        whistle.save(force_insert=new)
        return
    try:
        with transaction.atomic():
            whistle.save(force_insert=new)
    except IntegrityError as error:
        raise Conflict(_("这个来源编号已经登记过了。"), code="known", field="external_number") from error


def _take_photos(actor: Any, whistle: Whistle, report: Report) -> None:
    if not report.photos:
        return
    if isinstance(actor, Account) and actor.has_perm("ledger.add_evidence"):
        evidence = take_in_files(actor, files=report.photos)
    else:
        evidence = take_in_from_stranger(whistle.office, files=report.photos)
    moment = Photo.Moment.REPORTED
    Photo.objects.bulk_create(
        [Photo(whistle=whistle, evidence=item, moment=moment) for item in evidence], ignore_conflicts=True
    )


@transaction.atomic
def save_draft(
    actor: Account, *, report: Report, whistle: Whistle | None = None, source: str = Whistle.Source.STAFF
) -> Whistle:
    """Kept for oneself until it is blown. An existing draft of the actor is written over; its photos stay."""
    require(actor, "whistles.blow", report.place)
    fresh = draft(actor.office, report, source)
    fresh.blown_by = actor
    if whistle is not None:
        known = _own_draft(actor, whistle)
        fresh.pk, fresh.token, fresh.received_at = known.pk, known.token, known.received_at
    choose(fresh, report.category)
    _write(fresh, new=False)
    _take_photos(actor, fresh, report)
    return fresh


@transaction.atomic
def blow_draft(actor: Account, *, whistle: Whistle) -> Whistle:
    known = _own_draft(actor, whistle)
    require(actor, "whistles.blow", known.place)
    if needs_approval(actor):
        known.submit()
        note(actor, known, Kind.RECEIVED, public=True)
        return keep(known)
    note(actor, known, Kind.RECEIVED, public=True)
    return _blow(actor, known)


def _own_draft(actor: Account, whistle: Whistle) -> Whistle:
    known = locked(whistle)
    if known.state != State.DRAFT or known.blown_by_id != actor.pk:
        raise Conflict(_("这件不是您的草稿，或已经吹哨。"), code="not-a-draft")
    return known


def _blow(actor: Account, whistle: Whistle) -> Whistle:
    with moving(whistle):
        whistle.blow()
    happened = note(actor, whistle, Kind.BLOWN, public=True)
    whistle.blown_at = happened.at
    whistle.suggestion = whistle.suggestion or suggest(whistle.text)
    tell_office(whistle, "whistles.blown")
    return keep(whistle)


@transaction.atomic
def approve(actor: Account, *, whistle: Whistle) -> Whistle:
    """Blows what a community submitted. Raises Conflict if it does not wait for approval."""
    require(actor, "whistles.approve", whistle)
    whistle = locked(whistle)
    if whistle.state != State.PENDING:
        raise Conflict(_("这件不在待审核。"), code="wrong-state")
    note(actor, whistle, Kind.APPROVED)
    return _blow(actor, whistle)


@transaction.atomic
def send_back(actor: Account, *, whistle: Whistle, reason: str) -> Whistle:
    """To its author, as a draft."""
    require(actor, "whistles.approve", whistle)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么退回。"))
    whistle = locked(whistle)
    with moving(whistle):
        whistle.send_back()
    note(actor, whistle, Kind.SENT_BACK, words=words)
    return keep(whistle)


@transaction.atomic
def withdraw(actor: Any, *, whistle: Whistle, reason: str, by_reporter: bool = False) -> Whistle:
    """By staff, or with `by_reporter` by whoever holds its secret link."""
    require(actor, "whistles.follow" if by_reporter else "whistles.blow", None if by_reporter else whistle)
    words = checked_words(reason, field="reason", sentence=_("请写一句为什么撤回。"))
    whistle = locked(whistle)
    with moving(whistle):
        whistle.withdraw()
    recall_all(whistle)
    note(actor, whistle, Kind.WITHDRAWN, words=words, public=True)
    return keep(whistle)


def recall_all(whistle: Whistle) -> None:
    """Nobody has to do anything about it any more."""
    for sent in whistle.dispatches.exclude(state="recalled"):
        sent.recall()
        sent.save(update_fields=["state"])
