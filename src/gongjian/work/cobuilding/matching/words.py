"""How alike two names are: cosine of their characters and pairs of characters, rare ones counting more.

Chinese puts no blanks between words: pairs stand for them, and 椅 alone tells that 折叠椅 and 椅子 are one sort of thing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Vector = dict[str, float]


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Of length one each, or empty."""
    counted = [Counter(grams(text)) for text in texts]
    spread = Counter(gram for counts in counted for gram in counts)
    weight = {gram: math.log((1 + len(texts)) / (1 + seen)) + 1 for gram, seen in spread.items()}
    return [_normal({gram: count * weight[gram] for gram, count in counts.items()}) for counts in counted]


def grams(text: str) -> list[str]:
    kept = "".join(character for character in text.lower() if character.isalnum())
    return [*kept, *(kept[at : at + 2] for at in range(len(kept) - 1))]


class Likeness:
    """How alike one text is to each of many."""

    def __init__(self, others: Mapping[int, Vector]) -> None:
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for key, vector in others.items():
            for gram, weight in vector.items():
                self.postings[gram].append((key, weight))

    def to(self, vector: Vector) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for gram, weight in vector.items():
            for key, other in self.postings.get(gram, ()):
                found[key] += weight * other
        return found


def _normal(vector: Vector) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}
