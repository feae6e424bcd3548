"""Everything that can be done with needs, offers, claims, suggested pairs and agreements."""

from gongjian.work.cobuilding.services.claims import agree, claim_need, claim_offer, claim_pair, lapse, sides_of
from gongjian.work.cobuilding.services.drafting import Named, change_agreement, draft_agreement, sign_agreement, sign_with
from gongjian.work.cobuilding.services.fulfilling import accept, finish, put_away_old, rate, report, send_back, start
from gongjian.work.cobuilding.services.keeping import (
    add_room,
    end_agreement,
    hand_over_room,
    hand_over_with,
    record_meeting,
    renew_agreement,
    watch_over_agreements,
)
from gongjian.work.cobuilding.services.listings import change_need, change_offer, post_need, post_offer, withdraw_listing
from gongjian.work.cobuilding.services.matching import (
    ask_for_matching,
    carry_out,
    change_weights,
    dismiss_suggestion,
    take_suggestion,
)
from gongjian.work.cobuilding.services.report_ins import end_report_in, report_in

__all__ = [
    "Named",
    "accept",
    "add_room",
    "agree",
    "ask_for_matching",
    "carry_out",
    "change_agreement",
    "change_need",
    "change_offer",
    "change_weights",
    "claim_need",
    "claim_offer",
    "claim_pair",
    "dismiss_suggestion",
    "draft_agreement",
    "end_agreement",
    "end_report_in",
    "finish",
    "hand_over_room",
    "hand_over_with",
    "lapse",
    "post_need",
    "post_offer",
    "put_away_old",
    "rate",
    "record_meeting",
    "renew_agreement",
    "report",
    "report_in",
    "send_back",
    "sides_of",
    "sign_agreement",
    "sign_with",
    "start",
    "take_suggestion",
    "watch_over_agreements",
    "withdraw_listing",
]
