"""Everything that can be done with needs, offers and claims."""

from gongjian.work.cobuilding.services.claims import agree, claim_need, claim_offer, claim_pair, lapse, sides_of
from gongjian.work.cobuilding.services.fulfilling import accept, finish, put_away_old, rate, report, send_back, start
from gongjian.work.cobuilding.services.listings import change_need, change_offer, post_need, post_offer, withdraw_listing

__all__ = [
    "accept",
    "agree",
    "change_need",
    "change_offer",
    "claim_need",
    "claim_offer",
    "claim_pair",
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
    "withdraw_listing",
]
