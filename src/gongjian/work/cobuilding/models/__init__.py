"""Needs, offers, claims."""

from gongjian.work.cobuilding.models.claims import Claim, ClaimEvidence, ClaimStep, Satisfaction, State
from gongjian.work.cobuilding.models.listings import Listing, Need, Offer

__all__ = ["Claim", "ClaimEvidence", "ClaimStep", "Listing", "Need", "Offer", "Satisfaction", "State"]
