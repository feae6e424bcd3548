from typing import Any

from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import OFFICE

STAFF = OFFICE | {"auditor", "community_worker", "other_community_worker", "unit_liaison", "other_unit_liaison"}


def _pdf(world: Any) -> dict[str, Any]:
    return {"kind": "md"}


MATRIX = [
    Case("writing:choose", allowed=STAFF),
    Case("writing:download", allowed=STAFF, kwargs=_pdf),
    Case("writing:ledger", allowed=STAFF),
]
