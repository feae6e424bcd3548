"""What every verb does: lock the whistle, move it, note what happened, and keep it with its clocks set anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Missing
from gongjian.work.whistles import clocks
from gongjian.work.whistles.models import Dispatch, Happening, Whistle
from gongjian.work.whistles.models.whistles import ENDED_STATES
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.noting import note
from gongjian.work.whistles.services.warning import warn


def locked(whistle: Whistle) -> Whistle:
    """The whistle as it is now, held until the transaction ends. Raises Missing."""
    rows = Whistle.objects.select_for_update(of=("self",)).select_related("category", "place", "community", "lead", "office")
    found = rows.filter(pk=whistle.pk).first()
    if found is None:
        raise Missing(_("没有这件哨。"))
    return found


def locked_dispatch(dispatch: Dispatch) -> Dispatch:
    """The dispatch as it is now, with its whistle locked; both through the whistle, so that nobody waits crosswise."""
    whistle = locked(dispatch.whistle)
    found: Dispatch = Dispatch.objects.select_for_update(of=("self",)).select_related("organization").get(pk=dispatch.pk)
    found.whistle = whistle
    return found


@contextmanager
def moving(thing: Whistle | Dispatch) -> Iterator[None]:
    """Raises Conflict where the state does not allow the step."""
    before = thing.get_state_display()
    try:
        yield
    except TransitionNotAllowed as error:
        sentence = _("现在是“%(state)s”，不能这样办。可能别人刚刚办过，请刷新看看。") % {"state": before}
        raise Conflict(sentence, code="wrong-state") from error


def keep(whistle: Whistle) -> Whistle:
    """Set the clocks anew from all happenings, warn of what has been reached meanwhile, and save."""
    read = set_clocks(whistle, list(whistle.happenings.all()))
    whistle.save()
    if read is not None and whistle.color:
        warn(whistle, read)
    return whistle


def set_clocks(whistle: Whistle, happenings: list[Happening]) -> clocks.Clocks | None:
    """Everything of the whistle that is derived from its clocks; not saved."""
    rules = policy()
    read = clocks.read(whistle, happenings, rules, rules.working_time())
    if read is None:
        return None
    whistle.response_due_at, whistle.resolution_due_at = read.response.due_at, read.resolution.due_at
    whistle.responded_at, whistle.reported_at = read.response.met_at, read.resolution.met_at
    ended = whistle.state in ENDED_STATES
    whistle.color = Whistle.Color.NONE if ended else read.color_at(clock.now())
    whistle.next_check_at = None if ended else read.next_after(clock.now())
    return read


__all__ = ["keep", "locked", "locked_dispatch", "moving", "note", "set_clocks"]
