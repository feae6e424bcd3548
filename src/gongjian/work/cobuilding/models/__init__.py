"""Needs, offers, claims, what the matching suggested, and agreements."""

from gongjian.work.cobuilding.models.agreements import (
    Agreement,
    AgreementFile,
    AgreementMeeting,
    AgreementPerson,
    AgreementRoom,
)
from gongjian.work.cobuilding.models.claims import Claim, ClaimEvidence, ClaimStep, Satisfaction, State
from gongjian.work.cobuilding.models.listings import Listing, Need, Offer
from gongjian.work.cobuilding.models.matching import Dismissal, MatchingPolicy, MatchingRun, Suggestion, Unmatched
from gongjian.work.cobuilding.models.report_ins import ReportIn

__all__ = [
    "Agreement",
    "AgreementFile",
    "AgreementMeeting",
    "AgreementPerson",
    "AgreementRoom",
    "Claim",
    "ClaimEvidence",
    "ClaimStep",
    "Dismissal",
    "Listing",
    "MatchingPolicy",
    "MatchingRun",
    "Need",
    "Offer",
    "ReportIn",
    "Satisfaction",
    "State",
    "Suggestion",
    "Unmatched",
]
