"""Everything that can be done with settlements of vacated premises."""

from gongjian.work.projects.settling.services.clearing import finish_clearance, record_visit
from gongjian.work.projects.settling.services.drafting import (
    Facts,
    cancel_settlement,
    change_settlement,
    draft_settlement,
)
from gongjian.work.projects.settling.services.fixing import decide_settlement, sign_settlement
from gongjian.work.projects.settling.services.paying import close_settlement, pay_settlement
from gongjian.work.projects.settling.services.reliefs import add_relief, load_shipped_reliefs

__all__ = [
    "Facts",
    "add_relief",
    "cancel_settlement",
    "change_settlement",
    "close_settlement",
    "decide_settlement",
    "draft_settlement",
    "finish_clearance",
    "load_shipped_reliefs",
    "pay_settlement",
    "record_visit",
    "sign_settlement",
]
