"""Questions about deeds and evidence. Each answers in a constant number of queries."""

from gongjian.ledger.selectors.deeds import (
    NEWEST_FIRST,
    codes_of,
    deeds_awaiting_confirmation,
    desk_items,
    get_deed,
    level_of,
    search_deeds,
    visible_deeds,
    with_level,
)
from gongjian.ledger.selectors.evidence import get_evidence, other_uses, similar_evidence
from gongjian.ledger.selectors.reach import Reach, reach_of

__all__ = [
    "NEWEST_FIRST",
    "Reach",
    "codes_of",
    "deeds_awaiting_confirmation",
    "desk_items",
    "get_deed",
    "get_evidence",
    "level_of",
    "other_uses",
    "reach_of",
    "search_deeds",
    "similar_evidence",
    "visible_deeds",
    "with_level",
]
