"""What a finished clearance leaves in the ledger, for the organization whose premises they were. Each once."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import partial
from typing import Any

from gongjian.kernel.quantities import Approximation
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account
from gongjian.work.projects.settling.models import Clearance, SafetyVisit, Settlement

ROOM = "settling"
ROUND = Decimal(10_000)
NEARLY = Decimal("0.95")
"""From here on a sum may be told as nearly the next ten thousand."""


def record_clearance(
    actor: Account,
    clearance: Clearance,
    settlements: Sequence[Settlement],
    *,
    rounded: bool = False,
    evidence: Sequence[Evidence] = (),
) -> list[Deed]:
    tell = partial(_tell, actor, clearance, evidence)
    span = min(one.vacated for one in settlements), max(one.cleared_on or one.vacated for one in settlements)
    found = [tell("shops-vacated", f"{clearance.project.title}{{数}}", span, quantity=Decimal(len(settlements)))]
    found.append(tell("settlement", "逐户结清租金和水电费", span))
    deposits = sum((one.deposit for one in settlements), Decimal(0))
    if deposits:
        quantity, approximation = _told_roundly(deposits) if rounded else (deposits, Approximation.EXACT)
        found.append(tell("deposit-returned", "退还商户押金{数}", span, quantity=quantity, approximation=approximation))
    for rule in sorted({one.relief.name for one in settlements if one.relief}):
        words = f"按“{rule.removesuffix('（样例）')}”的要求结算租金"
        found.append(tell("settlement", words, span, key=f"relief:{rule}"))
    signed = [one.fixed_at.date() for one in settlements if one.signature_id and one.fixed_at]
    if signed:
        found.append(tell("commitment-signed", "与商户谈心，签订拆除承诺书", (min(signed), max(signed))))
    visits = SafetyVisit.objects.filter(project=clearance.project, organization=clearance.organization)
    days = list(visits.values_list("visited_on", flat=True))
    if days:
        words = "多次到现场查看拆除安全" if len(days) > 1 else "到现场查看拆除安全"
        found.append(tell("site-safety", words, (min(days), max(days))))
    return found


def _told_roundly(total: Decimal) -> tuple[Decimal, str]:
    """19,640 → nearly 20,000; 12,300 stays as it is, for that is nearly nothing."""
    above = (total / ROUND).to_integral_value(ROUND_CEILING) * ROUND
    near = total != above and total >= above * NEARLY
    return (above, Approximation.NEARLY) if near else (total, Approximation.EXACT)


def _tell(  # noqa: PLR0917 - the first three are bound once
    actor: Account,
    clearance: Clearance,
    evidence: Sequence[Evidence],
    kind: str,
    statement: str,
    span: tuple[date, date],
    *,
    key: str = "",
    **amount: Any,
) -> Deed:
    project = clearance.project
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code=kind),
        place=project.place,
        organization=clearance.organization,
        beneficiary=str(project.place),
        statement=statement,
        occurred_from=span[0],
        occurred_to=span[1],
        evidence=evidence,
        source=DeedSource(ROOM, f"{clearance.pk}:{key or kind}"),
        **amount,
    )
