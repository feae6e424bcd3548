"""Who inspects, who mends, who looks again."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import (
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    is_staff,
    of_own_organization,
    predicate,
)
from gongjian.work.inspections.models import Finding, Inspection, Party


@predicate
def takes_part(account: Account, thing: Any) -> bool:
    """The account speaks for an organization that takes part in the inspection (of the finding)."""
    if thing is None:
        return True
    inspection = thing.inspection_id if isinstance(thing, Finding) else thing.pk
    return Party.objects.filter(inspection=inspection, organization__in=account.organization_ids()).exists()


@predicate
def is_concerned(account: Account, thing: Any) -> bool:
    """The account speaks for whoever is inspected, mends, or has it as a department."""
    if thing is None:
        return True
    own = account.organization_ids()
    if thing.organization_id in own or getattr(thing, "department_id", None) in own:
        return True
    mends = thing.findings.filter(organization__in=own) if isinstance(thing, Inspection) else Finding.objects.none()
    return bool(mends.exists())


@predicate
def is_the_department(account: Account, finding: Finding | None) -> bool:
    return finding is None or finding.department_id in account.organization_ids()


own_ground = is_community_worker & in_own_community

grant(
    {
        "inspections.look": is_staff,
        "inspections.view": is_office | is_auditor | own_ground | (is_liaison & (takes_part | is_concerned)),
        "inspections.plan": is_clerk | own_ground,
        "inspections.walk": is_clerk | own_ground | (is_liaison & takes_part),
        "inspections.close": is_clerk | own_ground,
        "inspections.mend": is_clerk | own_ground | (is_liaison & of_own_organization),
        "inspections.recheck": is_clerk | own_ground,
        "inspections.transfer": is_clerk | own_ground,
        "inspections.settle": is_clerk | (is_liaison & is_the_department),
        "inspections.lecture": is_clerk | own_ground | (is_liaison & of_own_organization),
        "inspections.configure": is_clerk,
    }
)
