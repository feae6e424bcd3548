"""What can be done with the ledger. Every room records its deeds through `record_deed`."""

from gongjian.ledger.services.confirming import confirm_deed
from gongjian.ledger.services.correcting import append_reversal, correct_deed, reverse_deed
from gongjian.ledger.services.evidence import (
    publish_evidence,
    take_in_evidence,
    take_in_files,
    take_in_from_stranger,
    withdraw_evidence,
)
from gongjian.ledger.services.recording import DeedSource, record_deed

__all__ = [
    "DeedSource",
    "append_reversal",
    "confirm_deed",
    "correct_deed",
    "publish_evidence",
    "record_deed",
    "reverse_deed",
    "take_in_evidence",
    "take_in_files",
    "take_in_from_stranger",
    "withdraw_evidence",
]
