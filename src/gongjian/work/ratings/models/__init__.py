"""Star ratings: schemes in versions, rounds with their candidates, assessments and results, and the stars that stand."""

from gongjian.work.ratings.models.notices import Notice, Objection
from gongjian.work.ratings.models.rounds import Assessment, Candidate, Result, Review, Round
from gongjian.work.ratings.models.schemes import Scheme, SchemeVersion, Subject
from gongjian.work.ratings.models.standings import Fall, Standing

__all__ = [
    "Assessment",
    "Candidate",
    "Fall",
    "Notice",
    "Objection",
    "Result",
    "Review",
    "Round",
    "Scheme",
    "SchemeVersion",
    "Standing",
    "Subject",
]
