"""Warnings in blue, yellow and red. Each is given once, by whatever worker comes first; what was missed is caught up with."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import OPEN_STATES, Dispatch, Escalation, Happening, Pause, Whistle
from gongjian.work.whistles.models.whistles import ENDED_STATES
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import locked, note, set_clocks
from gongjian.work.whistles.services.pausing import resume
from gongjian.work.whistles.services.telling import tell_organization
from gongjian.work.whistles.services.warning import warn


def check_clocks(*, most: int = 10_000) -> int:
    """Everything whose next check has come; how many. One transaction each, so that a killed worker loses at most one."""
    checked = 0
    while checked < most and _check_next():
        checked += 1
    return checked


@transaction.atomic
def _check_next() -> bool:
    """Two workers never take the same whistle: the second skips what the first holds."""
    due = Whistle.objects.filter(next_check_at__lte=clock.now()).order_by("next_check_at")
    whistle = due.select_for_update(skip_locked=True, of=("self",)).select_related("category", "lead", "office").first()
    if whistle is None:
        return False
    read = set_clocks(whistle, list(whistle.happenings.all()))
    whistle.save(update_fields=["color", "next_check_at", "response_due_at", "resolution_due_at"])
    if read is not None and whistle.state not in ENDED_STATES:
        warn(whistle, read)
    return True


def end_suspensions() -> int:
    """Suspensions whose last day has come end by themselves."""
    over = Pause.objects.filter(
        kind=Pause.Kind.SUSPEND, state=Pause.State.APPROVED, ended_at__isnull=True, until__lte=clock.now()
    )
    ended = 0
    for pause in over.select_related("whistle"):
        try:
            resume(None, whistle=pause.whistle, words=_("暂停期满"))
            ended += 1
        except Conflict:
            Pause.objects.filter(pk=pause.pk).update(ended_at=clock.now())
    return ended


@transaction.atomic
def take_up(actor: Account, *, escalation: Escalation, instruction: str) -> Escalation:
    """The leader takes an overdue whistle up (督办) and says what is to be done."""
    require(actor, "whistles.supervise", escalation.whistle)
    words = checked_words(instruction, field="instruction", sentence=_("请写督办意见。"))
    whistle = locked(escalation.whistle)
    escalation = Escalation.objects.select_for_update().get(pk=escalation.pk)
    if escalation.taken_up_at:
        raise Conflict(_("已经督办过了。"), code="taken-up")
    escalation.taken_up_by, escalation.taken_up_at, escalation.instruction = actor, clock.now(), words[:500]
    escalation.save()
    note(actor, whistle, Happening.Kind.COMMENT, words=_("督办：%(words)s") % {"words": words}, supervision=escalation.pk)
    if whistle.lead is not None:
        tell_organization(whistle, whistle.lead, "whistles.supervised", urgent=True)
    return escalation


def recompute_open() -> int:
    """After the calendar or a limit was changed: every open clock anew, from its happenings. How many."""
    open_ones = Whistle.objects.filter(state__in=OPEN_STATES).order_by("pk").values_list("pk", flat=True)
    keys = list(open_ones)
    for key in keys:
        _recompute(key)
    return len(keys)


@transaction.atomic
def _recompute(key: int) -> None:
    whistle = locked(Whistle(pk=key))
    set_clocks(whistle, list(whistle.happenings.all()))
    whistle.save(update_fields=["color", "next_check_at", "response_due_at", "resolution_due_at"])
    working = policy().working_time()
    for sent in whistle.dispatches.filter(state__in=Dispatch.WAITING):
        sent.due_at = working.due(sent.sent_at, sent.limit).at
        sent.save(update_fields=["due_at"])
