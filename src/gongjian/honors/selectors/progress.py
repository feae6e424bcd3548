"""How far each candidate of a campaign has come, in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from gongjian.honors import review_rules
from gongjian.honors.models import Campaign, Candidate, ReviewLevel
from gongjian.honors.models.campaigns import Body
from gongjian.honors.selectors.candidates import visible_candidates
from gongjian.registry.models import Account


@dataclass(frozen=True)
class Asked:
    """A body that must be heard, and its opinion once it was asked."""

    body: str
    opinion: Any


@dataclass(frozen=True)
class Progress:
    """`obstacles` is what the collective decision would refuse; `turn` the level whose word is due."""

    candidate: Candidate
    obstacles: list[str]
    levels: list[tuple[ReviewLevel, list[Any]]]
    turn: ReviewLevel | None
    asked: list[Asked]

    @property
    def heard(self) -> int:
        return sum(1 for one in self.asked if one.opinion and one.opinion.answered_on)

    @property
    def is_asked(self) -> bool:
        return all(one.opinion for one in self.asked)


def progress(account: Account, campaign: Campaign) -> list[Progress]:
    """Of the candidates that stand and that `account` may see."""
    prefetch_related_objects([campaign], "levels")
    standing = visible_candidates(account, campaign).exclude(state=Candidate.State.WITHDRAWN)
    found = list(standing.prefetch_related("reviews__reviewer", "reviews__level", "opinions", "statements"))
    for candidate in found:
        candidate.campaign = campaign
    return [_progress(candidate) for candidate in found]


def _progress(candidate: Candidate) -> Progress:
    levels, reviews = review_rules.levels_for(candidate), list(candidate.reviews.all())
    spoken = [(level, [review for review in reviews if review.level_id == level.pk]) for level in levels]
    opinions = {opinion.body: opinion for opinion in candidate.opinions.all()}
    bodies = dict.fromkeys([*review_rules.required_bodies(candidate), *opinions])
    return Progress(
        candidate=candidate,
        obstacles=review_rules.obstacles(candidate),
        levels=spoken,
        turn=next((level for level, said in spoken if not said), None),
        asked=[Asked(str(Body(body).label), opinions.get(body)) for body in bodies],
    )
