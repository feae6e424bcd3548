"""What can be done in honors, one function per step of a campaign."""

from gongjian.honors.services.archiving import write_archive
from gongjian.honors.services.campaigns import edit_campaign, open_campaign, set_limits
from gongjian.honors.services.candidates import edit_candidate, lift_veto, nominate, set_veto, withdraw
from gongjian.honors.services.categories import add_category, edit_category
from gongjian.honors.services.certifying import issue_certificates, make_certificate
from gongjian.honors.services.deciding import decide, revoke_award, revoke_campaign
from gongjian.honors.services.moving import archive_campaign, open_nomination, publish_campaign, start_review
from gongjian.honors.services.noticing import end_notice, publish_notice
from gongjian.honors.services.objecting import (
    answer_objection,
    find_objection,
    investigate_objection,
    raise_objection,
    remove_candidate,
)
from gongjian.honors.services.reviewing import declare_conflict, give_review, record_opinion, request_opinions
from gongjian.honors.services.rule_sets import save_rule_set
from gongjian.honors.services.shortlisting import decide_shortlist
from gongjian.honors.services.statements import edit_statement, generate_statement

__all__ = [
    "add_category",
    "answer_objection",
    "archive_campaign",
    "decide",
    "decide_shortlist",
    "declare_conflict",
    "edit_campaign",
    "edit_candidate",
    "edit_category",
    "edit_statement",
    "end_notice",
    "find_objection",
    "generate_statement",
    "give_review",
    "investigate_objection",
    "issue_certificates",
    "lift_veto",
    "make_certificate",
    "nominate",
    "open_campaign",
    "open_nomination",
    "publish_campaign",
    "publish_notice",
    "raise_objection",
    "record_opinion",
    "remove_candidate",
    "request_opinions",
    "revoke_award",
    "revoke_campaign",
    "save_rule_set",
    "set_limits",
    "set_veto",
    "start_review",
    "withdraw",
    "write_archive",
]
