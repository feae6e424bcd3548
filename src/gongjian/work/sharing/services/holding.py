"""Acting on a venue's bookings one after the other.

The database refuses two bookings of one time by an exclusion constraint, whoever writes them. Two inserts that meet in it
wait for each other and one dies of a deadlock; so those who book take turns, and each sees what the one before left.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel.errors import Conflict, Missing
from gongjian.kernel.locking import lock
from gongjian.work.sharing.models import Booking, Venue


def hold(venue: Venue) -> None:
    """Until the transaction ends. Raises Conflict after having waited for too long."""
    lock(f"sharing.venue:{venue.pk}")


def held(booking: Booking) -> Booking:
    """The booking as it is now, its venue held. Raises Missing."""
    hold(booking.venue)
    found = Booking.objects.select_related("venue__place", "venue__organization", "organization", "account").filter(
        pk=booking.pk
    )
    known = found.first()
    if known is None:
        raise Missing(_("没有这个预约。"))
    return known


@contextmanager
def moving(booking: Booking) -> Iterator[None]:
    """Raises Conflict where the state does not allow the step."""
    before = booking.get_state_display()
    try:
        yield
    except TransitionNotAllowed as error:
        sentence = _("这个预约现在是“%(state)s”，不能这样办。可能别人刚刚办过，请刷新看看。") % {"state": before}
        raise Conflict(sentence, code="wrong-state") from error
