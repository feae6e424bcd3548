"""What a text consists of, for the classifier: runs of characters and words, of the whole
text, and again of its opening and of its first line, where people say what it is about."""

import re
from functools import cached_property
from itertools import pairwise

from gongjian.work.whistles.words.segmenting import cut, fold

LONGEST_RUN = 3
MOST_CHARACTERS = 4000
"""Nobody reads on to know what it is about."""
OPENING = 150
_GAP = re.compile(r"[\W_]+")

WEIGHTS = {
    "characters": 1.0,
    "opening_characters": 0.8,
    "title_characters": 0.5,
    "words": 0.5,
    "opening_words": 0.5,
    "title_words": 0.3,
}
"""Each block is scaled to length one, then by its weight here."""


class Reading:
    """One text taken apart, each part at most once: an answer asks for all blocks, counting for one at a time."""

    def __init__(self, text: str) -> None:
        self._text = fold(text.strip()[:MOST_CHARACTERS])
        self._opening = self._text[:OPENING]
        self._title = self._text.partition("\n")[0]

    @cached_property
    def characters(self) -> list[str]:
        return runs(self._text)

    @cached_property
    def opening_characters(self) -> list[str]:
        return runs(self._opening)

    @cached_property
    def title_characters(self) -> list[str]:
        return runs(self._title)

    @cached_property
    def words(self) -> list[str]:
        return words_and_pairs(self._text)

    @cached_property
    def opening_words(self) -> list[str]:
        return words_and_pairs(self._opening)

    @cached_property
    def title_words(self) -> list[str]:
        return words_and_pairs(self._title)

    def block(self, name: str) -> list[str]:
        """Features of one block of `WEIGHTS`, repeated as often as they occur."""
        found: list[str] = getattr(self, name)
        return found


def features(block: str, text: str) -> list[str]:
    return Reading(text).block(block)


def runs(folded: str) -> list[str]:
    """One to three neighboring characters, never across punctuation."""
    found: list[str] = []
    for piece in _GAP.split(folded):
        found += piece
        for size in range(2, LONGEST_RUN + 1):
            found += [piece[i : i + size] for i in range(len(piece) - size + 1)]
    return found


def words_and_pairs(folded: str) -> list[str]:
    """Words, and neighboring words joined by a blank."""
    words = [word if word.isalnum() or not _GAP.fullmatch(word) else "" for word in cut(folded)]
    return [word for word in words if word] + [f"{a} {b}" for a, b in pairwise(words) if a and b]
