"""What the endpoints take."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

from gongjian.kernel.rest import OneOf
from gongjian.work.whistles.api.schemas import GradeName, OutcomeName, SourceName, StateName, Unit
from gongjian.work.whistles.models.whistles import MOST_TEXT
from gongjian.work.whistles.services import Means

MeansName = Annotated[str, OneOf(Means)]


class WhistleQuery(Schema):
    """Which whistles; all conditions hold together."""

    state: StateName | None = None
    open: bool | None = Field(None, description="true: somebody still has to do something; false: ended")
    category: str = Field("", description="code")
    community: str = Field("", description="division code")
    organization: int | None = Field(None, description="sent to this organization")
    source: SourceName | None = None
    external_number: str = ""
    overdue: bool = Field(default=False, description="only those whose limit has passed")
    since: date | None = Field(None, description="received on this day or later, in the office's time zone")
    until: date | None = Field(None, description="received on this day or before")


class WhistleIn(Schema):
    """What somebody tells. Coordinates are WGS 84 degrees, both or none."""

    text: str = Field(..., max_length=MOST_TEXT)
    place: str | None = Field(None, description="division code of a community or a place in it")
    spot: str = Field("", max_length=160)
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254)
    external_number: str = Field("", max_length=60, description="your own number; the same one twice is refused with 409")
    category: str | None = Field(None, description="code, where the reporter chose one")


class VoiceIn(Schema):
    """A neighbor says the same. `phone` or `visitor` (any name of yours for who it is) tells one from another."""

    phone: str = Field("", max_length=30)
    visitor: str = Field("", max_length=120)
    words: str = Field("", max_length=500)


class TriageIn(Schema):
    category: str = Field(..., description="code")
    grade: GradeName | None = Field(None, description="that of the category if left out")
    place: str | None = Field(None, description="division code")


class LimitIn(Schema):
    amount: int = Field(..., ge=1, le=999)
    unit: Unit


class SendingIn(Schema):
    organization: int
    task: str = Field("", max_length=300)
    limit: LimitIn | None = Field(None, description="that of the category if left out")


class DispatchIn(Schema):
    lead: SendingIn
    supporters: list[SendingIn] = Field([], max_length=12)


class WordsIn(Schema):
    words: str = Field("", max_length=2000)


class ContactIn(Schema):
    """An attempt to reach the resident, successful or not."""

    means: MeansName
    reached: bool
    words: str = Field(..., max_length=2000)
    at: datetime | None = Field(None, description="when it was, if it is written down later")


class ReportIn(Schema):
    """What came of it; the words are shown to the resident."""

    outcome: OutcomeName
    words: str = Field(..., max_length=2000)


class VerificationIn(Schema):
    """`passed` false: found otherwise on site, the lead has it again and `words` say why."""

    passed: bool = True
    solved: bool = Field(default=True, description="what was seen there, whatever the report says")
    words: str = Field("", max_length=2000)


class CommentIn(Schema):
    words: str = Field(..., max_length=2000)
    audience: Literal["staff", "resident"] = "staff"
