"""From deeds to points, each line explained down to the deeds behind it."""

from gongjian.honors.scoring.explaining import deeds_behind
from gongjian.honors.scoring.rule_sets import RuleSet, current_rule_set
from gongjian.honors.scoring.scores import CandidateScore, PreviewRow, ScoreLine, preview, score
from gongjian.ledger.statistics.points import Rule

__all__ = [
    "CandidateScore",
    "PreviewRow",
    "Rule",
    "RuleSet",
    "ScoreLine",
    "current_rule_set",
    "deeds_behind",
    "preview",
    "score",
]
