"""The nouns of settlements of vacated premises."""

from gongjian.work.projects.settling.models.clearances import Clearance, SafetyVisit
from gongjian.work.projects.settling.models.reliefs import ReliefRule
from gongjian.work.projects.settling.models.settlements import Charge, Payment, Settlement, SettlementLine

__all__ = ["Charge", "Clearance", "Payment", "ReliefRule", "SafetyVisit", "Settlement", "SettlementLine"]
