"""What was done: deeds, their evidence, who confirmed them, and the seals over all of it."""

from gongjian.ledger.models.deeds import Confirmation, Deed, DeedEvidence, DeedKind, Level
from gongjian.ledger.models.evidence import Evidence
from gongjian.ledger.models.sealing import Leaf, Seal, Tile, UnsealedRecord
from gongjian.ledger.models.tallies import BroadTally, CurrentBroadTally, CurrentTally, Tally

__all__ = [
    "BroadTally",
    "Confirmation",
    "CurrentBroadTally",
    "CurrentTally",
    "Deed",
    "DeedEvidence",
    "DeedKind",
    "Evidence",
    "Leaf",
    "Level",
    "Seal",
    "Tally",
    "Tile",
    "UnsealedRecord",
]
