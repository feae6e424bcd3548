from typing import Any

from gongjian.kernel.tests.matrix import Case
from tests.permissions.world import OFFICE

WORKERS = {"community_worker", "other_community_worker"}


def _typed(world: Any) -> dict[str, Any]:
    return {"issuer": "样街道办事处", "title": "会议纪要", "text": "议定一事。", "present": "样例甲"}


MATRIX = [
    Case("official:choose", allowed=OFFICE),
    Case("official:download", allowed=OFFICE),
    Case("official:minutes", allowed=OFFICE | WORKERS),
    Case("official:minutes", method="post", allowed=OFFICE | WORKERS, data=_typed),
]
