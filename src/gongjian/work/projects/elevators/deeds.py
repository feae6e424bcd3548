"""What a retrofit leaves in the ledger, for the organization that led it: the pre-review it passed, and the day it runs."""

from collections.abc import Sequence
from decimal import Decimal

from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account
from gongjian.work.projects.elevators.models import StepDone
from gongjian.work.projects.elevators.template import PRE_REVIEW, RUNNING

ROOM = "elevators"
TOLD = {PRE_REVIEW: ("elevator-approved", "加装电梯{数}通过预审"), RUNNING: ("elevator-installed", "加装电梯{数}投用")}


def record_step(actor: Account, step: StepDone, evidence: Sequence[Evidence] = ()) -> Deed | None:
    """None for steps that are no deed by themselves. The step's note is told after a comma."""
    if step.code not in TOLD:
        return None
    kind, statement = TOLD[step.code]
    retrofit = step.retrofit
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code=kind),
        place=retrofit.place,
        organization=retrofit.organization,
        beneficiary=str(retrofit.place),
        statement=f"{statement}，{step.note}" if step.note else statement,
        quantity=Decimal(1),
        occurred_from=step.done_on,
        evidence=evidence,
        source=DeedSource(ROOM, f"{retrofit.pk}:{step.code}"),
    )
