"""Star ratings: schemes in versions, rounds with their candidates, assessments and results, and the stars that stand."""

from gongjian.work.ratings.models.schemes import Scheme, SchemeVersion, Subject

__all__ = ["Scheme", "SchemeVersion", "Subject"]
