"""Asking for a venue, following what became of it, giving it up."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, idempotent, paged
from gongjian.work.sharing.api.routes import WRITES, account_of, organization_of, router, venue_of
from gongjian.work.sharing.api.schemas import BookedOut, BookingIn, BookingOut, BookingState, ReasonIn
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.selectors.bookings import get_known, known_to
from gongjian.work.sharing.services import booking as services


@router.get("/bookings", response=Paged[BookingOut])
def list_bookings(
    request: HttpRequest, paging: Query[Paging], state: BookingState | None = None, venue: int | None = None
) -> object:
    """The account's own, and those of the venues that it keeps; what was asked last first."""
    require(request.user, "sharing.own_bookings")
    found = known_to(account_of(request))
    if state is not None:
        found = found.filter(state=state)
    if venue is not None:
        found = found.filter(venue=venue)
    return paged(found, paging, order=("-pk",))


@router.get("/bookings/{int:pk}", response=BookingOut)
def get_one_booking(request: HttpRequest, pk: int) -> object:
    require(request.user, "sharing.own_bookings")
    return get_known(account_of(request), pk)


@router.post("/bookings", response={201: BookedOut}, auth=WRITES)
@idempotent(status=201)
def make_booking(request: HttpRequest, told: BookingIn) -> Any:
    """Booked, asked for, or waiting: `state` says which."""
    account = account_of(request)
    asked = told.dict(exclude={"venue", "organization", "wait"})
    wanted = services.Wanted(**asked, organization=organization_of(told.organization))
    address = f"account:{account.pk}"
    booking = services.book_venue(account, venue=venue_of(told.venue), wanted=wanted, wait=told.wait, address=address)
    return BookedOut.from_orm(booking)


@router.post("/bookings/{int:pk}/cancel", response=BookingOut, auth=WRITES)
@idempotent()
def cancel_booking(request: HttpRequest, pk: int, said: ReasonIn) -> Any:
    """By the account that made it, or by who keeps the venue, who says why."""
    account = account_of(request)
    booking = get_known(account, pk)
    return BookingOut.from_orm(_canceled(account, booking, said.reason))


def _canceled(account: Any, booking: Booking, reason: str) -> Booking:
    if booking.account_id == account.pk:
        return services.cancel_own(account, booking=booking, reason=reason)
    return services.take_back(account, booking=booking, reason=reason)
