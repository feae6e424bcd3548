"""Scoring a campaign, and trying out an edited rule set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Candidate, Veto
from gongjian.honors.scoring.amounts import Amounts, amounts, reversed_percents
from gongjian.honors.scoring.rule_sets import RuleSet, current_rule_set
from gongjian.ledger.models import DeedKind
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.statistics.points import Rule


@dataclass(frozen=True)
class ScoreLine:
    """What one rule gave a candidate. `scoring.deeds_behind(candidate, rule)` are the deeds."""

    rule: Rule
    label: str
    unit: str
    deeds: int
    quantity: Decimal
    points: Decimal
    capped: bool


@dataclass
class CandidateScore:
    """`place` counts within the category, equal points sharing it; vetoed candidates have none."""

    candidate: Candidate
    lines: list[ScoreLine]
    vetoes: list[str] = field(default_factory=list)
    place: int | None = None

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        return {
            "candidate": self.candidate.pk,
            "name": self.candidate.name,
            "category": self.candidate.category.name,
            "points": str(self.points),
            "place": self.place,
            "vetoes": self.vetoes,
            "lines": [
                {
                    "rule": line.rule.key,
                    "label": line.label,
                    "deeds": line.deeds,
                    "quantity": str(line.quantity),
                    "unit": line.unit,
                    "points": str(line.points),
                    "capped": line.capped,
                }
                for line in self.lines
            ],
        }


@dataclass(frozen=True)
class PreviewRow:
    candidate: Candidate
    points_before: Decimal
    points_after: Decimal
    place_before: int | None
    place_after: int | None


def score(campaign: Campaign, rule_set: RuleSet | None = None, *, recount: bool = False) -> list[CandidateScore]:
    """All standing candidates by category, best first. A constant number of queries, whatever the number of deeds."""
    candidates = standing(campaign)
    return _evaluate(
        campaign, candidates, amounts(campaign, candidates, recount=recount), rule_set or current_rule_set(campaign)
    )


def preview(campaign: Campaign, edited: RuleSet) -> list[PreviewRow]:
    """What `edited` would change; nothing is saved."""
    candidates = standing(campaign)
    done = amounts(campaign, candidates)
    before = {s.candidate.pk: s for s in _evaluate(campaign, candidates, done, current_rule_set(campaign))}
    return [
        PreviewRow(now.candidate, before[now.candidate.pk].points, now.points, before[now.candidate.pk].place, now.place)
        for now in _evaluate(campaign, candidates, done, edited)
    ]


def standing(campaign: Campaign) -> list[Candidate]:
    """Those who have not withdrawn."""
    found = Candidate.objects.filter(campaign=campaign).exclude(state=Candidate.State.WITHDRAWN)
    return list(found.select_related("category", "organization", "person").order_by("category__order", "category_id", "pk"))


def _evaluate(campaign: Campaign, candidates: list[Candidate], done: Amounts, rule_set: RuleSet) -> list[CandidateScore]:
    kinds = list(DeedKind.objects.all())
    vetoes = _vetoes(campaign, candidates, rule_set)
    scores = [
        CandidateScore(candidate, list(_lines(done.get(candidate.pk, {}), rule_set, kinds)), vetoes.get(candidate.pk, []))
        for candidate in candidates
    ]
    _give_places(scores)
    return sorted(
        scores, key=lambda s: (s.candidate.category.order, s.candidate.category_id, s.place or 10_000, s.candidate.pk)
    )


def _lines(
    done: dict[tuple[str, int], tuple[int, Decimal]], rule_set: RuleSet, kinds: Sequence[DeedKind]
) -> Iterable[ScoreLine]:
    by_kind, by_code = rule_set.by_kind(kinds), {kind.code: kind for kind in kinds}
    for rule in rule_set.rules:
        counted = [
            amount for (kind, level), amount in done.items() if level >= rule.min_level and rule in by_kind.get(kind, [])
        ]
        deeds, quantity = sum(deeds for deeds, _q in counted), sum((q for _d, q in counted), Decimal(0))
        if deeds or quantity:
            points, capped = rule.worth(deeds, quantity)
            kind = by_code.get(rule.kind)
            yield ScoreLine(
                rule=rule,
                label=str(kind or Category(rule.category).label),
                unit=kind.unit if kind else "",
                deeds=deeds,
                quantity=quantity if kind else Decimal(0),
                points=points,
                capped=capped,
            )


def _vetoes(campaign: Campaign, candidates: list[Candidate], rule_set: RuleSet) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    open_vetoes = Veto.objects.filter(candidate__campaign=campaign, lifted_at__isnull=True).order_by("pk")
    for candidate, reason in open_vetoes.values_list("candidate", "reason"):
        found.setdefault(candidate, []).append(reason)
    if rule_set.most_reversed_percent is not None:
        for candidate, percent in reversed_percents(campaign, candidates).items():
            if percent > rule_set.most_reversed_percent:
                found.setdefault(candidate, []).append(_("冲正的事迹占 %(n)s%%") % {"n": f"{percent:.1f}"})
    return found


def _give_places(scores: list[CandidateScore]) -> None:
    for category in {s.candidate.category_id for s in scores}:
        running = sorted((s for s in scores if s.candidate.category_id == category and not s.vetoes), key=lambda s: -s.points)
        for position, one in enumerate(running, start=1):
            before = running[position - 2] if position > 1 else None
            one.place = before.place if before and before.points == one.points else position
