"""Everything that can be done with an owners' vote."""

from gongjian.work.projects.voting.services.casting import Voice, cast_online, check_ballots, enter_paper
from gongjian.work.projects.voting.services.closing import (
    answer_objection,
    cancel_vote,
    finish_vote,
    lock_vote,
    object_by_link,
    record_objection,
)
from gongjian.work.projects.voting.services.preparing import Entry, add_flats, add_motion, clear_roll, open_vote, prepare_vote
from gongjian.work.projects.voting.services.proxies import record_proxy, revoke_proxy

__all__ = [
    "Entry",
    "Voice",
    "add_flats",
    "add_motion",
    "answer_objection",
    "cancel_vote",
    "cast_online",
    "check_ballots",
    "clear_roll",
    "enter_paper",
    "finish_vote",
    "lock_vote",
    "object_by_link",
    "open_vote",
    "prepare_vote",
    "record_objection",
    "record_proxy",
    "revoke_proxy",
]
