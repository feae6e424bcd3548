"""Everything that can be done with needs, offers, claims and suggested pairs."""

from gongjian.work.cobuilding.services.claims import agree, claim_need, claim_offer, claim_pair, lapse, sides_of
from gongjian.work.cobuilding.services.fulfilling import accept, finish, put_away_old, rate, report, send_back, start
from gongjian.work.cobuilding.services.listings import change_need, change_offer, post_need, post_offer, withdraw_listing
from gongjian.work.cobuilding.services.matching import (
    ask_for_matching,
    carry_out,
    change_weights,
    dismiss_suggestion,
    take_suggestion,
)

__all__ = [
    "accept",
    "agree",
    "ask_for_matching",
    "carry_out",
    "change_need",
    "change_offer",
    "change_weights",
    "claim_need",
    "claim_offer",
    "claim_pair",
    "dismiss_suggestion",
    "finish",
    "lapse",
    "post_need",
    "post_offer",
    "put_away_old",
    "rate",
    "report",
    "send_back",
    "sides_of",
    "start",
    "take_suggestion",
    "withdraw_listing",
]
