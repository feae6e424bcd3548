"""Writing down that somebody was there, called or was seen by video."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.referrals import Referral, refer
from gongjian.registry.models import Account, Consent
from gongjian.work.care.models import Note, Pairing, Visit
from gongjian.work.care.services.clocks import set_clock
from gongjian.work.care.services.holding import held

Went = Visit.Went
LONGEST_AGO = timedelta(days=62)
LEAST_CAUSE = 4


@dataclass(frozen=True)
class Seen:
    """`doer` empty: whoever is likeliest. `cause` is what is to be handed on, in words that the handlers may read; `note` is
    what only the pairing and the community read.
    """

    means: str
    went: str
    at: datetime | None = None
    doer: str = ""
    note: str = ""
    cause: str = ""
    slip: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def log_visit(actor: Account, *, pairing: Pairing, seen: Seen) -> Visit:
    """The same `slip` again gives the first one's answer. Raises Invalid for a visit that lies ahead or too far back."""
    require(actor, "care.visit", pairing)
    pairing = held(pairing)
    known = Visit.objects.filter(slip=seen.slip).first()
    if known is not None:
        return _same(known, pairing)
    visit = _drafted(actor, pairing, seen)
    _check_note(pairing, seen.note)
    if visit.referred:
        _hand_on(actor, visit, seen.cause)
    _store(visit)
    if seen.note.strip():
        Note.objects.create(visit=visit, words=seen.note.strip())
    set_clock(pairing)
    pairing.save(update_fields=["last_contact_at", "due_at"])
    audit.record(actor, "care.visit", visit)
    return visit


def _same(known: Visit, pairing: Pairing) -> Visit:
    if known.pairing_id != pairing.pk:
        raise Conflict(_("这个编号已经用于另一次探访，请刷新页面后重新填写。"), code="slip-reused")
    return known


def _store(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这个编号已经用于另一次探访，请刷新页面后重新填写。"), code="slip-reused") from error


def _drafted(actor: Account, pairing: Pairing, seen: Seen) -> Visit:
    if pairing.state == Pairing.State.ENDED:
        raise Conflict(_("这个结对已经结束，不能再记探访。"), code="ended")
    cause = seen.cause.strip()
    if seen.went == Went.UNUSUAL and len(cause) < LEAST_CAUSE:
        raise Invalid(_("有异常就要有人管：请写一句要办什么，会作为哨件转给街道。"), code="cause", field="cause")
    if cause and seen.went == Went.WELL:
        raise Invalid(_("选了“都好”，又写了要转办的事。请改选“要多留意”或“有异常”。"), code="went", field="went")
    return Visit(
        office=actor.office,
        pairing=pairing,
        slip=seen.slip,
        at=_checked_time(pairing, seen.at),
        means=seen.means,
        went=seen.went,
        doer=checked_doer(actor, pairing, seen.doer),
        referred=bool(cause),
        by=actor,
        recorded_at=clock.now(),
    )


def _checked_time(pairing: Pairing, at: datetime | None) -> datetime:
    now = clock.now()
    if at is None:
        return now
    if at > now:
        raise Invalid(_("探访时间还没有到。请写实际联系上老人的时间，不能预先记。"), code="future", field="at")
    if at < now - LONGEST_AGO:
        raise Invalid(
            _("探访过去太久了，只能补记 %(days)s 天以内的。") % {"days": LONGEST_AGO.days}, code="too-old", field="at"
        )
    return at


def checked_doer(actor: Account, pairing: Pairing, doer: str) -> str:
    """Raises Invalid for a carer or an organization that the pairing does not have."""
    doer = doer or likely_doer(actor, pairing)
    absent = (doer == Visit.Doer.CARER and pairing.carer is None) or (
        doer == Visit.Doer.ORGANIZATION and pairing.organization is None
    )
    if absent:
        raise Invalid(_("这个结对里没有这一方，请改选是谁去的。"), code="doer", field="doer")
    return doer


def likely_doer(actor: Account, pairing: Pairing) -> str:
    if pairing.organization_id in actor.organization_ids() or actor.person_id == pairing.carer_id:
        return str(Visit.Doer.CARER if pairing.carer_id else Visit.Doer.ORGANIZATION)
    return str(Visit.Doer.COMMUNITY)


def _check_note(pairing: Pairing, note: str) -> None:
    if note.strip() and not may_keep_notes(pairing):
        sentence = _("老人还没有单独同意记录健康信息，备注不能写。先不写备注，或请社区把老人的同意记下再写。")
        raise Invalid(sentence, code="no-consent", field="note")


def may_keep_notes(pairing: Pairing) -> bool:
    """PIPL §29: what is sensitive needs a consent of its own."""
    consents = Consent.objects.filter(person=pairing.elder_id, purpose=Consent.Purpose.HEALTH)
    return consents.filter(withdrawn_at=None).exists()


def _hand_on(actor: Account, visit: Visit, cause: str) -> None:
    """The handlers read the place and what to do; who it is about they ask the community."""
    text = _("结对探访发现：%(cause)s（哪位老人、住哪里，请问社区。）") % {"cause": cause}
    refer(actor, Referral(key=visit.referral_key, text=text, place=visit.pairing.community))
