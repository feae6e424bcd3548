"""Everything that can be done with a whistle."""

from gongjian.work.whistles.services.closing import close, reopen
from gongjian.work.whistles.services.commenting import comment
from gongjian.work.whistles.services.dispatching import Sending, call_in, decide_objection, dispatch, object_to, recall
from gongjian.work.whistles.services.escalating import check_clocks, end_suspensions, recompute_open, take_up
from gongjian.work.whistles.services.handling import Means, accept, arrive, handle, log_contact, report
from gongjian.work.whistles.services.intake import (
    approve,
    blow_draft,
    blow_whistle,
    report_publicly,
    save_draft,
    send_back,
    take_in,
    withdraw,
)
from gongjian.work.whistles.services.joining import join
from gongjian.work.whistles.services.merging import merge, split, unmerge
from gongjian.work.whistles.services.pausing import ask_pause, decide_pause, resume
from gongjian.work.whistles.services.rating import rate_by_link, revisit
from gongjian.work.whistles.services.reports import Report
from gongjian.work.whistles.services.triage import not_accept, triage
from gongjian.work.whistles.services.verifying import rate_community, rate_organization, refuse, verify

__all__ = [
    "Means",
    "Report",
    "Sending",
    "accept",
    "approve",
    "arrive",
    "ask_pause",
    "blow_draft",
    "blow_whistle",
    "call_in",
    "check_clocks",
    "close",
    "comment",
    "decide_objection",
    "decide_pause",
    "dispatch",
    "end_suspensions",
    "handle",
    "join",
    "log_contact",
    "merge",
    "not_accept",
    "object_to",
    "rate_by_link",
    "rate_community",
    "rate_organization",
    "recall",
    "recompute_open",
    "refuse",
    "reopen",
    "report",
    "report_publicly",
    "resume",
    "revisit",
    "save_draft",
    "send_back",
    "split",
    "take_in",
    "take_up",
    "triage",
    "unmerge",
    "verify",
    "withdraw",
]
