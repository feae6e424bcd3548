"""What a text consists of, for the classifier: runs of characters and words, of the whole text and of its first line again."""

import re
from itertools import pairwise

from gongjian.work.whistles.words.segmenting import cut, fold

LONGEST_RUN = 3
MOST_CHARACTERS = 4000
"""Nobody reads on to know what it is about."""
_GAP = re.compile(r"[\W_]+")

_GAP = re.compile(r"[\W_]+")

WEIGHTS = {"characters": 1.0, "title_characters": 0.7, "words": 0.5, "title_words": 0.4}
"""Each block is scaled to length one, then by its weight here."""


def features(block: str, text: str) -> list[str]:
    """Features of one block, repeated as often as they occur."""
    folded = fold(text.strip()[:MOST_CHARACTERS])
    if block.startswith("title_"):
        folded = folded.partition("\n")[0]
    return words_and_pairs(folded) if block.endswith("words") else runs(folded)


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
    words = ["" if _GAP.fullmatch(word) else word for word in cut(folded)]
    return [word for word in words if word] + [f"{a} {b}" for a, b in pairwise(words) if a and b]
