"""Plain JSON in and out, so that anybody can check the arithmetic without the product."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from gongjian.kernel.errors import Invalid
from gongjian.work.projects.elevators import shares as elevators
from gongjian.work.projects.settling import lease as leases
from gongjian.work.projects.settling.rent import Days
from gongjian.work.projects.voting import ballots as votes
from gongjian.work.projects.voting.regimes import Matter
from gongjian.work.projects.voting.roll import Unit

Form = TypeVar("Form", bound=BaseModel)


def _in_local_time(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _as_written(value: Any) -> Any:
    """A JSON number that is a float has lost what was written; Python's shortest form of it is taken."""
    return str(value) if isinstance(value, float) else value


Exact = Annotated[Decimal, BeforeValidator(_as_written), Field(allow_inf_nan=False, max_digits=20)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]
Moment = Annotated[datetime, AfterValidator(_in_local_time)]
Month = Annotated[Day, BeforeValidator(lambda value: f"{value}-01" if isinstance(value, str) and len(value) == 7 else value)]


class _File(BaseModel):
    """A name that nobody reads is more likely a mistake than a remark."""

    model_config = ConfigDict(extra="forbid")


class UnitFile(_File):
    unit: str
    areas: dict[str, Exact] = {}
    owners: list[str] = []
    developer: bool = False


class BallotFile(_File):
    owner: str
    choice: votes.Choice
    cast_at: Moment
    means: str = "paper"
    proxy: str = ""


class ProxyFile(_File):
    owner: str
    proxy: str
    given_at: Moment
    revoked_at: Moment | None = None


class VoteFile(_File):
    title: str = ""
    matter: Matter
    opens_at: Moment
    closes_at: Moment
    units: list[UnitFile]
    ballots: list[BallotFile] = []
    proxies: list[ProxyFile] = []

    def arguments(self) -> dict[str, Any]:
        """Of `voting.counting.count`."""
        return {
            "units": [Unit(one.unit, one.areas, tuple(one.owners), one.developer) for one in self.units],
            "ballots": [votes.Ballot(**dict(one)) for one in self.ballots],
            "proxies": [votes.Proxy(**dict(one)) for one in self.proxies],
            "matter": self.matter,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
        }


class TermFile(_File):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class ReliefFile(_File):
    first: Month = Field(alias="from")
    months: int
    factor: Exact


class AmountFile(_File):
    name: str
    amount: Exact


class SettlementFile(_File):
    tenant: str
    premises: str = ""
    owner: str = ""
    credit_code: str = ""
    area: Exact | None = None
    lease: TermFile
    monthly_rent: Exact
    paid_until: Day
    vacated: Day
    deposit: Exact
    relief: list[ReliefFile] = []
    relief_basis: str = ""
    utilities: list[AmountFile] = []
    others: list[AmountFile] = []
    earlier_arrears: Exact = Decimal(0)
    remitted: bool = False

    def made(self) -> leases.Lease:
        plain = {"tenant", "premises", "owner", "credit_code", "area", "monthly_rent", "paid_until", "vacated", "deposit"}
        plain |= {"relief_basis", "earlier_arrears", "remitted"}
        return leases.Lease(
            **{name: getattr(self, name) for name in plain},
            term=Days(self.lease.first, self.lease.last),
            relief=[leases.Relief(one.first, one.months, Fraction(one.factor)) for one in self.relief],
            utilities=[leases.Amount(**dict(one)) for one in self.utilities],
            others=[leases.Amount(**dict(one)) for one in self.others],
        )


class FlatFile(_File):
    number: str
    floor: int
    area: Exact


class ElevatorFile(_File):
    title: str = ""
    total: Exact
    subsidies: Exact = Decimal(0)
    coefficients: dict[int, Exact]
    flats: list[FlatFile]

    def arguments(self) -> dict[str, Any]:
        """Of `elevators.shares.shares`."""
        return {
            "flats": [elevators.Flat(**dict(one)) for one in self.flats],
            "coefficients": self.coefficients,
            "total": self.total,
            "subsidies": self.subsidies,
        }


def read(form: type[Form], content: str | bytes) -> Form:
    """Raises Invalid with every place that is wrong."""
    try:
        return form.model_validate_json(content)
    except ValidationError as error:
        places = "；".join(_place(fault) for fault in error.errors()[:20])
        raise Invalid(_("文件里有看不懂的地方：%(places)s") % {"places": places}, code="file") from error


def _place(fault: Any) -> str:
    return f"{'.'.join(map(str, fault['loc'])) or '-'}: {fault['msg']}"
