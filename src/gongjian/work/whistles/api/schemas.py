"""What the endpoints give."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema

from gongjian.kernel.deadlines import TimeUnit
from gongjian.kernel.rest import OneOf
from gongjian.work.whistles.models import Dispatch, Happening, Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.models.whistles import Satisfaction, State

StateName = Annotated[str, OneOf(State)]
GradeName = Annotated[str, OneOf(Grade)]
SourceName = Annotated[str, OneOf(Whistle.Source)]
Unit = Annotated[str, OneOf(TimeUnit)]
Part = Annotated[str, OneOf(Dispatch.Part)]
DispatchState = Annotated[str, OneOf(Dispatch.State)]
OutcomeName = Annotated[str, OneOf(Dispatch.Outcome)]
HappeningKind = Annotated[str, OneOf(Happening.Kind)]
Satisfied = Annotated[str, OneOf(Satisfaction)]


class LimitOut(Schema):
    amount: int
    unit: Unit


class CategoryOut(Schema):
    """A row of the dispatch catalogue; `code` is its Open311 service code as well."""

    code: str
    major: str
    minor: str
    grade: GradeName
    response_limit: LimitOut
    resolution_limit: LimitOut
    opening_condition: str
    closing_condition: str
    lead: int | None = Field(None, alias="lead_id", description="organization that leads by default")
    keywords: list[str]


class WhistleOut(Schema):
    """Closed, solved and satisfied are three facts. `color` 0 to 3: none, blue, yellow, red."""

    id: int
    number: str
    state: StateName
    source: SourceName
    external_number: str
    text: str
    category: str | None = Field(None, description="code")
    grade: GradeName
    place: str | None = Field(None, description="division code")
    community: str | None = Field(None, description="division code")
    spot: str
    latitude: Decimal | None
    longitude: Decimal | None
    outside: bool = Field(..., description="the coordinates lie beyond the office")
    lead: int | None = Field(None, alias="lead_id")
    received_at: datetime
    blown_at: datetime | None
    response_due_at: datetime | None
    resolution_due_at: datetime | None
    responded_at: datetime | None
    reported_at: datetime | None
    closed_at: datetime | None
    suspended: bool
    color: int
    solved: bool | None
    satisfaction: Satisfied | None
    voices: int
    round: int
    merged_into: int | None = Field(None, alias="merged_into_id")

    @staticmethod
    def resolve_category(whistle: Whistle) -> str | None:
        return whistle.category.code if whistle.category else None

    @staticmethod
    def resolve_place(whistle: Whistle) -> str | None:
        return whistle.place.code if whistle.place else None

    @staticmethod
    def resolve_community(whistle: Whistle) -> str | None:
        return whistle.community.code if whistle.community else None

    @staticmethod
    def resolve_satisfaction(whistle: Whistle) -> str | None:
        return whistle.satisfaction or None


class DispatchOut(Schema):
    id: int
    organization: int = Field(..., alias="organization_id")
    organization_name: str = Field(..., alias="organization.name")
    part: Part
    state: DispatchState
    task: str
    sent_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    on_site_at: datetime | None
    handled_at: datetime | None
    reported_at: datetime | None
    outcome: OutcomeName | None
    report: str

    @staticmethod
    def resolve_outcome(dispatch: Dispatch) -> str | None:
        return dispatch.outcome or None


class HappeningOut(Schema):
    """One line of the history; `public` ones are shown to the reporter too."""

    kind: HappeningKind
    at: datetime
    words: str
    public: bool
    round: int
    detail: dict[str, Any]


class ReporterOut(Schema):
    name: str
    phone: str
    email: str


class WholeWhistleOut(WhistleOut):
    """With what happened. `reporter` is only told by GET, to who may know; reading it is logged."""

    dispatches: list[DispatchOut]
    happenings: list[HappeningOut]
    reporter: ReporterOut | None = None


class VoicesOut(Schema):
    id: int
    voices: int
