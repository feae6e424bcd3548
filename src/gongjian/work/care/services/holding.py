"""Acting on one pairing at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Missing
from gongjian.registry.models import Account
from gongjian.work.care.models import Pairing, Step
from gongjian.work.care.services.clocks import set_clock


def held(pairing: Pairing) -> Pairing:
    """As it is now, locked until the transaction ends. Raises Missing."""
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("elder", "community", "organization", "carer")
    found = rows.filter(pk=pairing.pk).first()
    if found is None:
        raise Missing(_("没有这个结对。"))
    return found


@contextmanager
def moving(pairing: Pairing) -> Iterator[None]:
    """Raises Conflict where the state does not allow the step."""
    before = pairing.get_state_display()
    try:
        yield
    except TransitionNotAllowed as error:
        sentence = _("这个结对现在是“%(state)s”，不能这样办。可能别人刚刚办过，请刷新看看。") % {"state": before}
        raise Conflict(sentence, code="wrong-state") from error


def note_step(actor: Account, pairing: Pairing, kind: str, action: str, words: str = "") -> None:
    """Append what happened, set the clock by it, save."""
    Step.objects.create(pairing=pairing, kind=kind, at=clock.now(), by=actor, risk=pairing.risk, words=words.strip() or None)
    set_clock(pairing)
    pairing.save()
    audit.record(actor, action, pairing)
