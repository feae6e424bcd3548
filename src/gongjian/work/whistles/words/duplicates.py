"""Measuring likeness on labelled pairs: `data/duplicates.jsonl`, written for the product, with no real person's words."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any, TypeVar

from gongjian.work.whistles.words.similarity import ALIKE, Fresh, Known, likeness, terms

Teller = TypeVar("Teller", Fresh, Known)
_MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    fresh: Fresh
    known: Known
    same: bool
    hard: bool


@dataclass(frozen=True)
class Agreement:
    """Found means `likeness` reached the threshold."""

    pairs: int
    found_rightly: int
    found_wrongly: int
    missed: int

    @property
    def precision(self) -> float:
        return self.found_rightly / max(1, self.found_rightly + self.found_wrongly)

    @property
    def recall(self) -> float:
        return self.found_rightly / max(1, self.found_rightly + self.missed)


def shipped_pairs() -> Iterator[Pair]:
    content = (files("gongjian.work.whistles.words") / "data" / "duplicates.jsonl").read_text(encoding="utf-8")
    for line in content.splitlines():
        row = json.loads(line)
        yield Pair(_telling(Fresh, row["a"]), _telling(Known, row["b"]), row["same"], row["hard"])


def agree(pairs: Iterable[Pair], threshold: float = ALIKE) -> Agreement:
    """Counts of pairs that `likeness` judges as the label says, or not."""
    judged = [(likeness(pair.fresh, pair.known) >= threshold, pair.same) for pair in pairs]
    return Agreement(len(judged), judged.count((True, True)), judged.count((True, False)), judged.count((False, True)))


def _telling(kind: Callable[..., Teller], row: dict[str, Any]) -> Teller:
    at = _MORNING + timedelta(minutes=row["minutes"])
    return kind(row["text"], tuple(terms(row["text"])), row["place"], None, None, at)
