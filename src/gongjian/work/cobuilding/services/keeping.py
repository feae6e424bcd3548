"""Agreements in force: rooms, meetings, reminders, renewal, exit."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Place
from gongjian.work.cobuilding.deeds import record_room
from gongjian.work.cobuilding.models import Agreement, AgreementFile, AgreementMeeting, AgreementRoom
from gongjian.work.cobuilding.models.agreements import Side
from gongjian.work.cobuilding.services.checks import check_quantity, check_title, checked_words
from gongjian.work.cobuilding.services.drafting import Named, draft_agreement, locked_agreement
from gongjian.work.cobuilding.services.stepping import liaisons_of, workers_of

State = Agreement.State
REMIND_BEFORE = (90, 30, 7)
"""Days before the last one."""


@transaction.atomic
def add_room(
    actor: Account,
    *,
    agreement: Agreement,
    place: Place,
    name: str,
    area: Decimal,
    ownership: str,
    purpose: str,
    safety: str,
    utilities: str,
    exit_terms: str,
    yearly_rent: Decimal | None = None,
) -> AgreementRoom:
    """What the paper says of a room: before or after the signing, never under an agreement that has ended."""
    require(actor, "cobuilding.keep_agreement", agreement)
    agreement = locked_agreement(agreement)
    check_running(agreement)
    check_title(name)
    check_quantity(area, "m2", field="area")
    if yearly_rent is not None:
        check_quantity(yearly_rent, "yuan", field="yearly_rent")
    for field, side in {"safety": safety, "utilities": utilities}.items():
        if side not in Side.values:
            raise Invalid(_("请选由哪一方来。"), code="side", field=field)
    words = {"ownership": ownership, "purpose": purpose, "exit_terms": exit_terms}
    said = {field: checked_words(text, field=field, sentence=_("请写清楚。")) for field, text in words.items()}
    room = AgreementRoom(agreement=agreement, place=place, name=name.strip(), area=area, safety=safety, utilities=utilities)
    room.yearly_rent, room.ownership, room.purpose = yearly_rent, said["ownership"][:120], said["purpose"][:120]
    room.exit_terms = said["exit_terms"][:200]
    _save_new(room, _("这一处用房已经写过了。"))
    audit.record(actor, "cobuilding.add_room", agreement)
    return room


@transaction.atomic
def hand_over_room(actor: Account, *, room: AgreementRoom, on: date, papers: Sequence[Any] = ()) -> AgreementRoom:
    """The organization gives the room; its area becomes a deed, unless the ledger has it already."""
    return hand_over_with(actor, room=room, on=on, evidence=take_in_files(actor, files=papers))


@transaction.atomic
def hand_over_with(actor: Account, *, room: AgreementRoom, on: date, evidence: Sequence[Evidence]) -> AgreementRoom:
    """The same with evidence that the ledger has already. Raises Conflict before the signing, after the end, or twice."""
    agreement = locked_agreement(room.agreement)
    require(actor, "cobuilding.keep_agreement", agreement)
    check_in_force(agreement)
    if on > clock.today():
        raise Invalid(_("移交日期在今天之后。"), code="in-future", field="on")
    room = AgreementRoom.objects.select_for_update(of=("self",)).select_related("place").get(pk=room.pk)
    if room.handed_over_on is not None:
        raise Conflict(_("这一处用房已经移交了。"), code="handed-over")
    room.handed_over_on = on
    room.save(update_fields=["handed_over_on"])
    links = [AgreementFile(agreement=agreement, evidence=item, room=room) for item in evidence]
    AgreementFile.objects.bulk_create(links, ignore_conflicts=True)
    record_room(actor, agreement, room, evidence)
    audit.record(actor, "cobuilding.hand_over_room", agreement)
    return room


@transaction.atomic
def record_meeting(actor: Account, *, agreement: Agreement, held_on: date, subject: str, minutes: str = "") -> AgreementMeeting:
    require(actor, "cobuilding.keep_agreement", agreement)
    agreement = locked_agreement(agreement)
    check_title(subject)
    check_in_force(agreement)
    if held_on > clock.today():
        raise Invalid(_("会还没有开：日期在今天之后。"), code="in-future", field="held_on")
    if agreement.signed_on and held_on < agreement.signed_on:
        raise Invalid(_("这一天协议还没有签。"), code="before-signing", field="held_on")
    meeting = AgreementMeeting(agreement=agreement, held_on=held_on, subject=subject.strip()[:120], minutes=minutes.strip())
    meeting.recorded_by, meeting.recorded_at = actor, clock.now()
    _save_new(meeting, _("这次会已经记过了。"))
    audit.record(actor, "cobuilding.record_meeting", agreement)
    return meeting


@transaction.atomic
def renew_agreement(actor: Account, *, agreement: Agreement, number: str, ends_on: date) -> Agreement:
    """A new draft that begins the day after, with the same words, persons and rooms; signed like any other."""
    require(actor, "cobuilding.keep_agreement", agreement)
    agreement = locked_agreement(agreement)
    if agreement.state == State.DRAFT:
        raise Conflict(_("还没有签的协议，直接改就行。"), code="draft")
    kept = ("title", "content", "duties_organization", "duties_community", "meetings_per_year")
    renewed = draft_agreement(
        actor,
        organization=agreement.organization,
        place=agreement.place,
        renews=agreement,
        number=number,
        begins_on=(agreement.ended_on or agreement.ends_on) + timedelta(days=1),
        ends_on=ends_on,
        persons=[Named(one.side, one.part, one.name, one.phone or "") for one in agreement.persons.all()],
        **{name: getattr(agreement, name) for name in kept},
    )
    for room in agreement.rooms.all():
        room.pk, room.agreement = None, renewed
        room.save()
    return renewed


@transaction.atomic
def end_agreement(actor: Account, *, agreement: Agreement, on: date, because: str) -> Agreement:
    """Exit before the last day. What was done under it stays in the ledger."""
    require(actor, "cobuilding.keep_agreement", agreement)
    because = checked_words(because, field="because", sentence=_("请写明为什么终止。"))
    agreement = locked_agreement(agreement)
    if on > clock.today() or (agreement.signed_on and on < agreement.signed_on):
        raise Invalid(_("终止日期应在签订之后、今天或今天以前。"), code="day", field="on")
    agreement = _end(actor, agreement, on, because)
    _tell(agreement, "cobuilding.agreement_ended", key=f"agreement-ended-{agreement.pk}")
    return agreement


@transaction.atomic
def watch_over_agreements() -> int:
    """Every night: reminds both sides before the last day, once for each step; ends what has run out, and says how many."""
    today = clock.today()
    running = Agreement.objects.filter(state=State.IN_FORCE).select_related("organization", "place")
    for agreement in running.filter(ends_on__gte=today, ends_on__lte=today + timedelta(days=REMIND_BEFORE[0])):
        days = (agreement.ends_on - today).days
        step = min(before for before in REMIND_BEFORE if days <= before)
        _tell(agreement, "cobuilding.agreement_expires", key=f"agreement-{agreement.pk}-{agreement.ends_on}-{step}")
    past = list(running.filter(ends_on__lt=today))
    for agreement in past:
        _end(None, locked_agreement(agreement), agreement.ends_on, _("到期"))
    return len(past)


def check_running(agreement: Agreement) -> None:
    if agreement.state == State.ENDED or agreement.ends_on < clock.today():
        raise Conflict(_("这份协议已经到期或终止，请先续签。"), code="agreement-expired")


def check_in_force(agreement: Agreement) -> None:
    check_running(agreement)
    if agreement.state != State.IN_FORCE:
        raise Conflict(_("这份协议还没有签。"), code="agreement-unsigned")


def _end(actor: Account | None, agreement: Agreement, on: date, because: str) -> Agreement:
    try:
        agreement.end()
    except TransitionNotAllowed as error:
        raise Conflict(_("只有有效的协议才能终止。"), code="wrong-state") from error
    agreement.ended_on, agreement.ended_because = on, because[:200]
    agreement.save()
    audit.record(actor, "cobuilding.end_agreement", agreement)
    return agreement


def _tell(agreement: Agreement, kind: str, *, key: str) -> None:
    context = {"title": agreement.title, "date": f"{agreement.ends_on:%Y-%m-%d}", "organization": agreement.organization.called}
    recipients = [agreement.organization, *liaisons_of(agreement.organization), *workers_of(agreement.place)]
    notify(recipients, kind, context, url=reverse("cobuilding:agreement", args=[agreement.pk]), key=key)


def _save_new(thing: AgreementRoom | AgreementMeeting, sentence: str) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        raise Conflict(sentence, code="known") from error
