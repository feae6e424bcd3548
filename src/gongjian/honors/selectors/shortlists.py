"""What lies before the meeting: every candidate with points and obstacles, and how full the quotas are."""

from collections.abc import Collection
from dataclasses import dataclass

from gongjian.honors import scoring
from gongjian.honors.models import Campaign, Candidate, Category
from gongjian.honors.scoring import CandidateScore
from gongjian.honors.selectors.progress import progress
from gongjian.registry.models import Account


@dataclass(frozen=True)
class Choice:
    """One line of the table to choose from; `against` is what the decision would refuse, vetoes first."""

    score: CandidateScore
    against: list[str]
    ticked: bool

    @property
    def candidate(self) -> Candidate:
        return self.score.candidate


@dataclass(frozen=True)
class Quota:
    category: Category
    chosen: int

    @property
    def is_over(self) -> bool:
        return self.chosen > self.category.quota


def choices(account: Account, campaign: Campaign, ticked: Collection[int]) -> list[Choice]:
    """By category, best first. Before the meeting its ticks; afterwards whom it chose."""
    obstacles = {one.candidate.pk: one.obstacles for one in progress(account, campaign)}
    decided = campaign.state != Campaign.State.REVIEW
    out = (Candidate.State.NOMINATED, Candidate.State.PASSED_OVER)
    return [
        Choice(
            score=score,
            against=[] if decided else [*score.vetoes, *obstacles.get(score.candidate.pk, [])],
            ticked=score.candidate.state not in out if decided else score.candidate.pk in ticked,
        )
        for score in scoring.score(campaign)
    ]


def quotas(campaign: Campaign, ticked: Collection[int]) -> list[Quota]:
    if campaign.state == Campaign.State.REVIEW:
        chosen = Candidate.objects.filter(campaign=campaign, pk__in=ticked)
    else:
        chosen = Candidate.objects.filter(campaign=campaign, state__in=["shortlisted", "awarded", "removed"])
    categories = list(chosen.values_list("category", flat=True))
    return [Quota(category, categories.count(category.pk)) for category in campaign.categories.all()]
