"""What the endpoints take and give. Hours are exact decimals, as texts; volunteers are numbers, never names."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AwareDatetime

from gongjian.kernel.rest import OneOf
from gongjian.work.volunteering.models import Attendance, Call, Enrollment, Means, ServiceCertificate
from gongjian.work.volunteering.models import Field as ServiceField

FieldName = Annotated[str, OneOf(ServiceField)]
HoursState = Annotated[str, OneOf(Attendance.State)]
Quality = Annotated[str, OneOf(Attendance.Quality)]


class CallOut(Schema):
    token: str = Field(..., description="names the call; its page is /volunteering/call/<token>/")
    title: str
    text: str
    activity: int = Field(..., alias="activity_id")
    field: FieldName
    place: str = Field(..., description="division code")
    organizer: int
    audience: Annotated[str, OneOf(Call.Audience)]
    organization: int | None = Field(None, alias="organization_id", description="whose people are called, if not everybody")
    mode: Annotated[str, OneOf(Call.Mode)]
    places: int | None
    taken: int
    closes_at: datetime

    @staticmethod
    def resolve_field(call: Call) -> str:
        return call.activity.field

    @staticmethod
    def resolve_place(call: Call) -> str:
        return call.activity.place.code

    @staticmethod
    def resolve_organizer(call: Call) -> int:
        return call.activity.organization_id


class ShiftOut(Schema):
    id: int
    post: str
    begins: datetime
    ends: datetime
    least: int
    most: int
    booked: int

    @staticmethod
    def resolve_post(shift: Any) -> str:
        return str(shift.post or "")


class GuardianIn(Schema):
    born: date
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=20)
    consented: bool = False


class AnswerIn(Schema):
    """Somebody of a unit who said that they want to come: a known volunteer's number, or name and phone."""

    organization: int
    volunteer: str = Field("", max_length=20, description="number of a known volunteer")
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=20)
    guardian: GuardianIn | None = Field(None, description="of minors alone")
    shift: int | None = None


class AnswerOut(Schema):
    volunteer: str
    organization: int | None = Field(None, alias="organization_id")
    state: Annotated[str, OneOf(Enrollment.State)]
    at: datetime

    @staticmethod
    def resolve_volunteer(answer: Enrollment) -> str:
        return answer.volunteer.number


class HoursOut(Schema):
    id: int
    activity: int
    shift: int = Field(..., alias="shift_id")
    volunteer: str
    organization: int | None = Field(None, alias="organization_id")
    team: int | None = Field(None, alias="team_id")
    state: HoursState
    began: datetime
    ended: datetime | None
    hours: Decimal | None
    came_by: Annotated[str, OneOf(Means)]
    left_by: str
    late_entry: bool
    bulk_entry: bool
    no_check_out: bool
    deed: str | None

    @staticmethod
    def resolve_activity(row: Attendance) -> int:
        return row.shift.activity_id

    @staticmethod
    def resolve_volunteer(row: Attendance) -> str:
        return row.volunteer.number

    @staticmethod
    def resolve_hours(row: Attendance) -> Decimal | None:
        return row.hours if row.ended else None

    @staticmethod
    def resolve_deed(row: Attendance) -> str | None:
        return str(row.deed_id) if row.deed_id else None


class TickIn(Schema):
    volunteers: list[str] = Field(..., min_length=1, max_length=500, description="numbers")
    at: AwareDatetime | None = Field(None, description="now if left out")


class ConfirmIn(Schema):
    hours: list[int] = Field(..., min_length=1, max_length=500)
    quality: Quality | None = None


class Rows(Schema):
    items: list[HoursOut]


class CertificateOut(Schema):
    """What a stranger may know; the whole name stands here only if asked for by the token on the paper."""

    number: str
    name: str
    hours: Decimal
    times: int
    first: date
    last: date
    issuer: str
    issued_on: date | None
    revoked: bool
    sealed: bool
    sha256: str

    @staticmethod
    def of(found: Any) -> "CertificateOut":
        made: ServiceCertificate = found.certificate
        return CertificateOut(
            number=made.number,
            name=found.name,
            hours=made.hours,
            times=made.times,
            first=made.first,
            last=made.last,
            issuer=str(made.issuer),
            issued_on=made.issued_on,
            revoked=made.is_revoked,
            sealed=found.sealed,
            sha256=made.sha256,
        )
