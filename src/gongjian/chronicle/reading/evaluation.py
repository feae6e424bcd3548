"""How well reading reads: its proposals against facts written down by a person, field by field."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongjian.chronicle.reading.doers.register import Register
from gongjian.chronicle.reading.reader import read

FIELDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "organization": lambda fact: fact["org"],
    "quantity+unit": lambda fact: (float(fact["quantity"]), fact["unit"]) if fact["quantity"] is not None else None,
    "date": lambda fact: fact["date"],
    "category": lambda fact: fact["category"],
}


@dataclass
class Score:
    """`found` right of `proposed`, out of `written` in the gold."""

    found: int = 0
    proposed: int = 0
    written: int = 0

    @property
    def precision(self) -> float:
        return self.found / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.written if self.written else 0.0

    @property
    def f1(self) -> float:
        total = self.proposed + self.written
        return 2 * self.found / total if total else 1.0


@dataclass
class Evaluation:
    """`facts` counts a fact as found if organization, figure and category are all right."""

    facts: Score = field(default_factory=Score)
    fields: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    reports: int = 0
    wrong: list[str] = field(default_factory=list)


def evaluate(folder: Path, register: Register | None = None) -> Evaluation:
    """Every NAME.txt in `folder` beside its NAME.gold.jsonl. Raises OSError or ValueError for files that cannot be read."""
    evaluation = Evaluation()
    for gold in sorted(folder.glob("*.gold.jsonl")):
        text = gold.with_name(gold.name.removesuffix(".gold.jsonl") + ".txt").read_text(encoding="utf-8")
        written = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        compare(read(text, register).lines(), written, text, evaluation, gold.name)
        evaluation.reports += 1
    return evaluation


def compare(
    proposed: list[dict[str, Any]], written: list[dict[str, Any]], text: str, evaluation: Evaluation, name: str = ""
) -> None:
    pairs = list(_pairs(proposed, written, text))
    for label, value in FIELDS.items():
        _count(evaluation.fields[label], pairs, proposed, written, value)
    _count(evaluation.facts, pairs, proposed, written, _whole)
    evaluation.wrong += [f"{name} {line}" for line in _differences(pairs, proposed, written)]


def _whole(fact: dict[str, Any]) -> Any:
    return tuple(FIELDS[label](fact) for label in ("organization", "quantity+unit", "category"))


def _count(
    score: Score,
    pairs: list[tuple[int, int]],
    proposed: list[dict[str, Any]],
    written: list[dict[str, Any]],
    value: Callable[[dict[str, Any]], Any],
) -> None:
    score.proposed += sum(value(fact) is not None for fact in proposed)
    score.written += sum(value(fact) is not None for fact in written)
    values = [(value(proposed[p]), value(written[w])) for p, w in pairs]
    score.found += sum(one is not None and one == other for one, other in values)


def _pairs(proposed: list[dict[str, Any]], written: list[dict[str, Any]], text: str) -> Iterator[tuple[int, int]]:
    """Which proposal stands for which fact: by the words they came from, and the number where several share them."""
    places = [_where(fact, text) for fact in proposed], [_where(fact, text) for fact in written]
    candidates = sorted(
        (
            (_likeness(proposed[p], written[w], places[0][p], places[1][w]), p, w)
            for p in range(len(proposed))
            for w in range(len(written))
        ),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for likeness, p, w in candidates:
        if likeness > 0 and p not in taken[0] and w not in taken[1]:
            taken[0].add(p)
            taken[1].add(w)
            yield p, w


def _where(fact: dict[str, Any], text: str) -> tuple[int, int]:
    start = text.find(fact["span"])
    return start, start + len(fact["span"])


def _likeness(one: dict[str, Any], other: dict[str, Any], here: tuple[int, int], there: tuple[int, int]) -> float:
    shared = min(here[1], there[1]) - max(here[0], there[0])
    if shared <= 0:
        return 0.0
    same_figure = bool(FIELDS["quantity+unit"](one) == FIELDS["quantity+unit"](other))
    return (
        shared / (max(here[1], there[1]) - min(here[0], there[0]))
        + 2 * same_figure
        + 0.5 * bool(one["category"] == other["category"])
    )


def _differences(pairs: list[tuple[int, int]], proposed: list[dict[str, Any]], written: list[dict[str, Any]]) -> Iterator[str]:
    matched = Counter(p for p, _ in pairs), Counter(w for _, w in pairs)
    for p, w in pairs:
        for label, value in FIELDS.items():
            if value(proposed[p]) != value(written[w]):
                yield f"{label}: {value(proposed[p])} ≠ {value(written[w])}  {written[w]['span']}"
    for w, fact in enumerate(written):
        if not matched[1][w]:
            yield f"missed: {_whole(fact)}  {fact['span']}"
    for p, fact in enumerate(proposed):
        if not matched[0][p]:
            yield f"not in the gold: {_whole(fact)}  {fact['span']}"
