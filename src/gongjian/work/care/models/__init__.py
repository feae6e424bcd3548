from gongjian.work.care.models.cadences import SHIPPED, Cadence, Risk
from gongjian.work.care.models.credits import Credit
from gongjian.work.care.models.pairings import Pairing, Step
from gongjian.work.care.models.visits import Note, Visit

__all__ = ["SHIPPED", "Cadence", "Credit", "Note", "Pairing", "Risk", "Step", "Visit"]
