"""The sheet of each candidate of a round: points line by line, and stars. Computed from what there is now."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from gongjian.work.ratings.models import Assessment, Candidate, Result, Round
from gongjian.work.ratings.scoring.amounts import amounts
from gongjian.work.ratings.scoring.computing import DimensionScore, Finding, Line, Part, Score, compute, finding_from
from gongjian.work.ratings.scoring.starring import Rank, Short, rank


@dataclass(frozen=True)
class Sheet:
    candidate: Candidate
    score: Score
    rank: Rank


def sheets(rated: Round) -> list[Sheet]:
    """Of all who take part, best first. A constant number of queries."""
    candidates = list(taking_part(rated))
    found, counted, blueprint = newest_findings(rated), amounts(rated, candidates), rated.version.blueprint
    scores = {one.pk: compute(blueprint, found.get(one.pk, {}), counted.get(one.pk, {})) for one in candidates}
    ranks = rank(blueprint, scores)
    made = [Sheet(one, scores[one.pk], ranks[one.pk]) for one in candidates]
    return sorted(made, key=lambda sheet: (-sheet.rank.stars, sheet.rank.place or len(made) + 1, sheet.candidate.pk))


def taking_part(rated: Round) -> Any:
    found = Candidate.objects.filter(round=rated, left_at__isnull=True).order_by("pk")
    return found.select_related("organization__community", "place", "credited")


def newest_findings(rated: Round) -> dict[int, dict[str, Finding]]:
    """Candidate → indicator → what the last assessment of its dimension found."""
    found: dict[int, dict[str, Finding]] = {}
    newest = Assessment.objects.filter(candidate__round=rated).order_by("candidate_id", "dimension", "-number")
    for assessment in newest.distinct("candidate_id", "dimension"):
        of_candidate = found.setdefault(assessment.candidate_id, {})
        of_candidate |= {code: finding_from(one) for code, one in assessment.findings.items()}
    return found


def as_json(sheet: Sheet) -> dict[str, Any]:
    written: dict[str, Any] = _plain({"score": asdict(sheet.score), "rank": asdict(sheet.rank)})
    return written


def sheet_of(result: Result) -> Sheet:
    """As it was computed then."""
    score, ranked = result.content["score"], result.content["rank"]
    dimensions = tuple(_dimension(one) for one in score["dimensions"])
    short = tuple(Short(one["dimension"], Decimal(one["asked"]), Decimal(one["has"])) for one in ranked["short"])
    return Sheet(result.candidate, Score(dimensions), Rank(**ranked | {"short": short}))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _dimension(values: Mapping[str, Any]) -> DimensionScore:
    numbers = {name: Decimal(values[name]) for name in ("full", "points")}
    return DimensionScore(values["code"], values["name"], lines=tuple(_line(one) for one in values["lines"]), **numbers)


def _line(values: Mapping[str, Any]) -> Line:
    numbers = {name: Decimal(values[name]) for name in ("weight", "full", "raw", "points")}
    rest = {name: None if values[name] is None else Decimal(values[name]) for name in ("cap", "amount")}
    return Line(**{**values, **numbers, **rest, "parts": tuple(_part(one) for one in values["parts"])})


def _part(values: Mapping[str, Any]) -> Part:
    at_least = values["at_least"]
    return Part(
        values["label"],
        Decimal(values["times"]),
        Decimal(values["points"]),
        None if at_least is None else Decimal(at_least),
    )
