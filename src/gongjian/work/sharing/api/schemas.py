"""What the endpoints take and give. Moments carry their offset; quantities are exact decimals, as texts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.urls import reverse
from ninja import Field, Schema
from pydantic import AwareDatetime

from gongjian.kernel.rest import OneOf
from gongjian.registry.addresses import absolute
from gongjian.work.sharing.models import Booking, Channel, Donation, Venue
from gongjian.work.sharing.models.venues import OpeningHours, clock_face

VenueKind = Annotated[str, OneOf(Venue.Kind)]
BookingState = Annotated[str, OneOf(Booking.State)]
ChannelName = Annotated[str, OneOf(Channel)]


class HoursOut(Schema):
    """By the clock on the wall; 24:00 is the end of the day."""

    weekday: int = Field(..., description="1 Monday to 7 Sunday")
    opens: str
    closes: str

    @staticmethod
    def resolve_weekday(hours: OpeningHours) -> int:
        return hours.weekday + 1

    @staticmethod
    def resolve_opens(hours: OpeningHours) -> str:
        return clock_face(hours.opens)

    @staticmethod
    def resolve_closes(hours: OpeningHours) -> str:
        return clock_face(hours.closes)


class VenueOut(Schema):
    id: int
    name: str
    kind: VenueKind
    place: str = Field(..., description="division code")
    organization: int = Field(..., alias="organization_id")
    area: Decimal | None = Field(None, description="square meters")
    capacity: int | None
    purpose: str
    terms: str
    approval: bool = Field(..., description="a booking waits for the owner's yes")
    bookable: bool
    step: int = Field(..., description="minutes: begins and ends lie on this grid")
    longest: int = Field(..., description="minutes")
    days_ahead: int
    hours: list[HoursOut]

    @staticmethod
    def resolve_place(venue: Venue) -> str:
        return venue.place.code


class StretchOut(Schema):
    """`kind`: free, taken, or past."""

    kind: str
    begins: str
    ends: str
    waiting: int


class DayOut(Schema):
    day: date
    closed: str = Field(..., description="why, if the day is closed on purpose")
    stretches: list[StretchOut]


class BookingOut(Schema):
    """Without who booked: names and telephones are not given to machines."""

    id: int
    venue: int = Field(..., alias="venue_id")
    begins: datetime = Field(..., alias="period.lower")
    ends: datetime = Field(..., alias="period.upper")
    state: BookingState
    title: str
    people: int
    organization: int | None = Field(None, alias="organization_id")
    visitors: int | None
    reason: str
    asked_at: datetime


class BookedOut(BookingOut):
    link: str = Field(..., description="the secret page that shows what became of it, and cancels it: for who booked")

    @staticmethod
    def resolve_link(booking: Booking) -> str:
        return absolute(booking.office, reverse("sharing:follow", args=[booking.token]))


class BookingIn(Schema):
    venue: int
    begins: AwareDatetime
    ends: AwareDatetime
    title: str = Field(..., max_length=60)
    people: int = Field(..., ge=1, le=10_000)
    name: str = Field(..., max_length=40)
    phone: str = Field(..., max_length=30)
    organization: int | None = Field(None, description="for which the account speaks")
    wait: bool = Field(default=False, description="wait for a time that is taken")


class ReasonIn(Schema):
    reason: str = Field("", max_length=200, description="needed where the owner takes a booking back")


class StockOut(Schema):
    place: str
    quantity: Decimal

    @staticmethod
    def resolve_place(stock: Any) -> str:
        return str(stock.place.code)


class ItemOut(Schema):
    """`received` is always the sum of the three others."""

    id: int
    name: str
    unit: str
    received: Decimal
    in_stock: Decimal
    allocated: Decimal
    written_off: Decimal
    there: list[StockOut] = Field(..., description="how much lies where")


class LineOut(Schema):
    item: int = Field(..., alias="item_id")
    name: str = Field(..., alias="item.name")
    unit: str = Field(..., alias="item.unit")
    quantity: Decimal


class DonationOut(Schema):
    """As it is published: a donor who did not agree to be named is masked."""

    number: str
    channel: ChannelName
    via: str
    document: str
    organization: int | None = Field(None, alias="organization_id")
    arranged: bool = Field(..., description="the organization brought the donor")
    donor: str = Field(..., alias="donor_told")
    purpose: str
    place: str
    received_on: date
    lines: list[LineOut]

    @staticmethod
    def resolve_place(donation: Donation) -> str:
        return donation.place.code
