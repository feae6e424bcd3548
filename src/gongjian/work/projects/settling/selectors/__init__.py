"""Questions about settlements, as far as the asking account may know of them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Role
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.models import SafetyVisit, Settlement
from gongjian.work.projects.settling.sheet import Line, Part, settle

State = Settlement.State
RELATED = ("project", "place", "organization", "relief", "signature", "fixed_by", "closed_by")


def own(account: Account) -> Q:
    """Of the office: all; of a community: what lies in it; of a unit: of its own premises."""
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return Q()
    found = Q(organization__in=account.organization_ids())
    for path in account.community_paths():
        found |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    return found


def settlements(account: Account, *, project: Project | None = None, state: str = "") -> QuerySet[Settlement]:
    found = Settlement.objects.filter(own(account)).select_related(*RELATED)
    if project is not None:
        found = found.filter(project=project)
    if state in State.values:
        found = found.filter(state=state)
    return found.order_by("-project", "number")


def get_settlement(account: Account, pk: int) -> Settlement:
    """Raises Missing also for one that `account` may not know of."""
    found = settlements(account).prefetch_related("charges", "lines", "payments").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这份结算，或者它不归您看。"))
    return found


def lines_of(settlement: Settlement) -> list[Line]:
    """As they were signed; until then as they are reckoned now."""
    if settlement.state not in (State.DRAFT, State.CANCELLED):
        return [Line(Part(one.part), one.name, one.how, one.amount) for one in settlement.lines.all()]
    return list(settle(settlement.lease).lines)


@dataclass(frozen=True)
class Totals:
    """Of those that are fixed, in yuan. `to_treasury` is rent that goes back through the treasury, apart from deposits."""

    count: int
    closed: int
    deposits: Decimal
    to_treasury: Decimal
    to_tenants: Decimal
    from_tenants: Decimal
    paid: Decimal


def totals(found: QuerySet[Settlement]) -> Totals:
    """Two queries, however many there are."""
    alive = found.exclude(state=State.CANCELLED).order_by()
    sums = alive.aggregate(
        count=Count("pk"),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        deposits=Sum("deposit", filter=Q(net__isnull=False)),
        to_treasury=Sum("refund_of_remitted"),
        to_tenants=Sum("net", filter=Q(net__gt=0)),
        from_tenants=Sum(-F("net"), filter=Q(net__lt=0)),
    )
    paid = alive.aggregate(paid=Sum("payments__amount"))["paid"]
    known: dict[str, Any] = {name: value if value is not None else Decimal(0) for name, value in sums.items()}
    return Totals(**known, paid=paid or Decimal(0))


def visits(account: Account, project: Project) -> QuerySet[SafetyVisit]:
    """Of whom the account may know."""
    found = SafetyVisit.objects.filter(project=project).select_related("organization", "recorded_by")
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR, Role.COMMUNITY_WORKER):
        return found
    return found.filter(organization__in=account.organization_ids())
