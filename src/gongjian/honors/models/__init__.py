"""Who is commended: campaigns, candidates, reviews, the collective decision, public notice, awards and certificates."""

from gongjian.honors.models.awards import Award, Certificate, Decision
from gongjian.honors.models.campaigns import Campaign, Category, OfficeLimits
from gongjian.honors.models.candidates import Candidate, Statement, Veto
from gongjian.honors.models.notices import Objection, PublicNotice
from gongjian.honors.models.reviews import BodyOpinion, ConflictDeclaration, Review, ReviewLevel
from gongjian.honors.models.shortlists import RuleSetVersion, Shortlist

__all__ = [
    "Award",
    "BodyOpinion",
    "Campaign",
    "Candidate",
    "Category",
    "Certificate",
    "ConflictDeclaration",
    "Decision",
    "Objection",
    "OfficeLimits",
    "PublicNotice",
    "Review",
    "ReviewLevel",
    "RuleSetVersion",
    "Shortlist",
    "Statement",
    "Veto",
]
