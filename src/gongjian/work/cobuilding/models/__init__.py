"""Needs, offers, claims, and what the matching suggested."""

from gongjian.work.cobuilding.models.claims import Claim, ClaimEvidence, ClaimStep, Satisfaction, State
from gongjian.work.cobuilding.models.listings import Listing, Need, Offer
from gongjian.work.cobuilding.models.matching import Dismissal, MatchingPolicy, MatchingRun, Suggestion, Unmatched

__all__ = [
    "Claim",
    "ClaimEvidence",
    "ClaimStep",
    "Dismissal",
    "Listing",
    "MatchingPolicy",
    "MatchingRun",
    "Need",
    "Offer",
    "Satisfaction",
    "State",
    "Suggestion",
    "Unmatched",
]
