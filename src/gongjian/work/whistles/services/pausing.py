"""Suspending and extending: asked for with a reason and a date, approved by somebody else (domain.md §2)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Happening, Pause, Whistle
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, note
from gongjian.work.whistles.services.telling import tell_accounts, tell_office

Kind = Happening.Kind


@transaction.atomic
def ask_pause(actor: Account, *, whistle: Whistle, kind: str, reason: str, until: datetime) -> Pause:
    """`until`: the new date of an extension, or when a suspension ends at the latest. One application at a time."""
    require(actor, "whistles.ask_pause", whistle)
    if kind not in Pause.Kind.values:
        raise Invalid(_("请选延期还是暂停。"), code="kind", field="kind")
    words = checked_words(reason, field="reason", sentence=_("请写明理由。"))
    whistle = locked(whistle)
    _check_date(whistle, kind, until)
    pause = Pause(whistle=whistle, kind=kind, reason=words[:500], until=until, asked_by=actor, asked_at=clock.now())
    try:
        with transaction.atomic():
            pause.save()
    except IntegrityError as error:
        raise Conflict(_("已经有一份申请在等审批。"), code="asked") from error
    note(actor, whistle, Kind.PAUSE_ASKED, words=words, pause=pause.pk)
    tell_office(whistle, "whistles.pause_asked")
    return pause


def _check_date(whistle: Whistle, kind: str, until: datetime) -> None:
    if not whistle.is_open or whistle.reported_at:
        raise Conflict(_("已经反馈或结束，不用再申请。"), code="wrong-state")
    if whistle.suspended:
        raise Conflict(_("已经在暂停中。"), code="suspended")
    if until <= clock.now():
        raise Invalid(_("新的日期要在今天以后。"), code="past", field="until")
    if kind == Pause.Kind.EXTEND and whistle.resolution_due_at and until <= whistle.resolution_due_at:
        raise Invalid(_("新的期限要比现在的晚。"), code="not-later", field="until")


@transaction.atomic
def decide_pause(actor: Account, *, pause: Pause, approved: bool, words: str) -> Pause:
    """By somebody other than who asked. An approved suspension stops both clocks, an extension sets the new date."""
    require(actor, "whistles.decide_pause", pause)
    said = checked_words(words, field="words", sentence=_("请写审批意见。"))
    whistle = locked(pause.whistle)
    pause = Pause.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=pause.pk)
    if pause.state != Pause.State.ASKED:
        raise Conflict(_("这份申请已经批过了。"), code="decided")
    pause.state = Pause.State.APPROVED if approved else Pause.State.REFUSED
    pause.decided_by, pause.decided_at, pause.answer = actor, clock.now(), said[:500]
    pause.save()
    _carry_out(actor, whistle, pause)
    keep(whistle)
    tell_accounts(whistle, [pause.asked_by], "whistles.pause_decided")
    return pause


def _carry_out(actor: Account, whistle: Whistle, pause: Pause) -> None:
    if pause.state == Pause.State.REFUSED:
        note(actor, whistle, Kind.PAUSE_REFUSED, words=pause.answer, pause=pause.pk)
    elif pause.kind == Pause.Kind.EXTEND:
        note(actor, whistle, Kind.EXTENDED, words=pause.reason, public=True, until=pause.until.isoformat(), pause=pause.pk)
    else:
        whistle.suspended = True
        note(actor, whistle, Kind.SUSPENDED, words=pause.reason, public=True, until=pause.until.isoformat(), pause=pause.pk)


@transaction.atomic
def resume(actor: Account | None, *, whistle: Whistle, words: str = "") -> Whistle:
    """The clocks go on. `actor` None: the suspension's own end has come."""
    if actor is not None:
        require(actor, "whistles.ask_pause", whistle)
    whistle = locked(whistle)
    if not whistle.suspended:
        raise Conflict(_("没有在暂停。"), code="not-suspended")
    whistle.suspended = False
    now = clock.now()
    whistle.pauses.filter(kind=Pause.Kind.SUSPEND, state=Pause.State.APPROVED, ended_at__isnull=True).update(ended_at=now)
    note(actor, whistle, Kind.RESUMED, words=words, public=True)
    return keep(whistle)
