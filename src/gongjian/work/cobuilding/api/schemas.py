"""What the endpoints take and give. Quantities are exact decimals, as texts."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from gongjian.kernel.quantities import Unit
from gongjian.kernel.rest import OneOf
from gongjian.work.cobuilding.kinds import Condition, Kind
from gongjian.work.cobuilding.models import Agreement, Claim, Satisfaction, State

KindName = Annotated[str, OneOf(Kind)]
UnitName = Annotated[str, OneOf(Unit)]
ConditionName = Annotated[str, OneOf(Condition)]
ClaimState = Annotated[str, OneOf(State)]
SideName = Annotated[str, OneOf(Claim.Side)]
AgreementState = Annotated[str, OneOf(Agreement.State)]
Rated = Annotated[str, OneOf(Satisfaction)]


class ListingIn(Schema):
    kind: KindName
    title: str = Field(..., max_length=60)
    quantity: Decimal
    unit: UnitName
    details: str = Field("", max_length=500)
    at_least: Decimal | None = None
    from_day: date
    until_day: date | None = Field(None, description="without end if left out")
    weekdays: list[int] = Field(default_factory=list, description="1 Monday to 7 Sunday; empty for any")
    hours_from: time | None = None
    hours_to: time | None = None
    conditions: list[ConditionName] = Field(default_factory=list)


class NeedIn(ListingIn):
    place: str = Field(..., description="division code")
    farthest_meters: int | None = Field(None, ge=1, le=100_000)


class OfferIn(ListingIn):
    organization: int
    place: str | None = Field(None, description="division code; wherever it is needed if left out")


class ListingOut(ListingIn):
    id: int
    taken: Decimal
    posted_at: datetime
    withdrawn_at: datetime | None


class NeedOut(ListingOut):
    place: str
    farthest_meters: int | None

    @staticmethod
    def resolve_place(need: object) -> str:
        return need.place.code  # type: ignore[attr-defined,no-any-return]


class OfferOut(ListingOut):
    organization: int = Field(..., alias="organization_id")
    place: str | None

    @staticmethod
    def resolve_place(offer: object) -> str | None:
        place = offer.place  # type: ignore[attr-defined]
        return place.code if place else None


class ClaimOut(Schema):
    id: int
    title: str
    state: ClaimState
    side: SideName
    need: int | None = Field(None, alias="need_id")
    offer: int | None = Field(None, alias="offer_id")
    organization: int = Field(..., alias="organization_id")
    place: str
    kind: KindName
    quantity: Decimal
    unit: UnitName
    delivered: Decimal | None
    due_on: date | None
    giver_agreed: bool
    beneficiary_agreed: bool
    satisfaction: str
    moved_at: datetime

    @staticmethod
    def resolve_place(claim: Claim) -> str:
        return claim.place.code


class ClaimIn(Schema):
    """Of a need by an organization, of an offer for a place, or of both, which fit each other."""

    need: int | None = None
    offer: int | None = None
    organization: int | None = Field(None, description="who gives, where a need is claimed without an offer")
    place: str | None = Field(None, description="division code of who receives, where an offer is claimed without a need")
    quantity: Decimal
    due_on: date | None = None
    words: str = Field("", max_length=300)


class WordsIn(Schema):
    words: str = Field("", max_length=300)


class ReasonIn(Schema):
    reason: str = Field(..., max_length=300)


class AcceptIn(Schema):
    delivered: Decimal
    words: str = Field("", max_length=300)
    receipt_number: str = Field("", max_length=40, description="of the donation register, which then holds the deed")


class RateIn(Schema):
    satisfaction: Rated
    words: str = Field("", max_length=300)


class SuggestionOut(Schema):
    id: int
    need: int = Field(..., alias="need_id")
    offer: int = Field(..., alias="offer_id")
    quantity: Decimal
    score: int = Field(..., description="0 to 1000")
    words: int
    nearness: int
    record: int
    meters: int | None


class AgreementOut(Schema):
    id: int
    number: str
    title: str
    state: AgreementState
    organization: int = Field(..., alias="organization_id")
    place: str
    begins_on: date
    ends_on: date
    signed_on: date | None
    ended_on: date | None

    @staticmethod
    def resolve_place(agreement: Agreement) -> str:
        return agreement.place.code
