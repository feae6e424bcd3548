"""What the ledger's endpoints take and give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from gongjian.kernel.quantities import Approximation, Unit
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.statistics import DIMENSIONS


class KindOut(Schema):
    """A kind of deed; one with a `unit` must have a quantity, one without must not."""

    code: str
    category: Category
    name_zh: str
    name_en: str
    unit: str


class ConfirmationOut(Schema):
    """Somebody other than the recorder stands behind the deed."""

    level: Level
    on_behalf_of: str
    confirmed_at: datetime


class DeedOut(Schema):
    """`told` is `statement` with its figures in place. A reversal carries the negative quantity of what it `reverses`."""

    id: UUID
    kind: str = Field(..., alias="kind_id")
    organization: int | None = Field(None, alias="organization_id")
    organization_name: str | None
    team: int | None = Field(None, alias="team_id")
    person: str | None = Field(None, description="masked")
    place: str = Field(..., alias="place.code", description="division code")
    statement: str
    told: str
    quantity: str | None = Field(None, description="decimal, in `unit`")
    unit: str
    approximation: Approximation
    occurred_from: date
    occurred_to: date
    precision: Deed.Precision
    beneficiary: str
    public: bool
    level: Level
    is_reversed: bool
    reverses: UUID | None = Field(None, alias="reverses_id")
    recorded_at: datetime
    days_until_recorded: int
    evidence: list[str] = Field(..., alias="evidence_digests", description="SHA-256 of each file")

    @staticmethod
    def resolve_organization_name(deed: Deed) -> str | None:
        return deed.organization.name if deed.organization else None

    @staticmethod
    def resolve_person(deed: Deed) -> str | None:
        return str(deed.person) if deed.person else None

    @staticmethod
    def resolve_quantity(deed: Deed) -> str | None:
        return None if deed.quantity is None else str(deed.quantity)


class DeedIn(Schema):
    """`{数}` and `{日}` in `statement` stand for the quantity and the date. At least one of organization and team."""

    kind: str
    place: str = Field(..., description="division code")
    statement: str = Field(..., max_length=500)
    occurred_from: date
    occurred_to: date | None = None
    precision: Deed.Precision = Deed.Precision.DAY
    organization: int | None = None
    team: int | None = None
    beneficiary: str = Field("", max_length=120)
    quantity: Decimal | None = None
    approximation: Approximation = Approximation.EXACT
    public: bool = True
    evidence: list[str] = Field([], max_length=12, description="SHA-256 of files that the office already has")


class ConfirmationIn(Schema):
    """Level 2 is a third party's and needs its paper as evidence."""

    level: Level = Level.COMMUNITY
    on_behalf_of: str = Field(..., max_length=120)
    note: str = Field("", max_length=300)
    evidence: list[str] = Field([], max_length=12, description="SHA-256 of files that the office already has")


class SliceQuery(Schema):
    """Which deeds; sums count by whole months."""

    organization: int | None = None
    kind: str = ""
    category: Category | None = None
    place: str = Field("", description="division code; what is inside it counts too")
    since: date | None = None
    until: date | None = None
    level: Level | None = None


class DeedQuery(SliceQuery):
    late: bool = Field(default=False, description="only those recorded more than 30 days after they happened")
    words: str = Field("", max_length=40, description="part of the statement")


class StatisticsQuery(SliceQuery):
    by: str = Field("category", description="one to three of: " + ", ".join(DIMENSIONS) + "; joined by commas")


class GroupOut(Schema):
    """One group: its values of the dimensions asked for, the deeds that stand, and their sum in the unit `unit`."""

    group: dict[str, Any]
    unit: Unit | str
    deeds: int
    quantity: str


class SealOut(Schema):
    """A signed root over the first `size` records."""

    size: int
    root: str
    sealed_at: datetime
    key_id: str
    signature: str


class ProofOut(Schema):
    """An inclusion proof by RFC 6962; check it with `gongjian ledger verify --proof`."""

    format: str
    record: dict[str, Any]
    index: int
    path: list[str]
    seal: dict[str, Any]
