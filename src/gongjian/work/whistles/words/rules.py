"""Suggesting a category by keywords, where there is no history to learn from."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongjian.work.whistles.words.answers import Answer
from gongjian.work.whistles.words.segmenting import fold

MOST_CONFIDENT = 0.7
"""A keyword is a hint, never a proof."""
DOUBT = 2.0
MOST_WORDS = 5


@dataclass(frozen=True)
class KeywordCategory:
    code: str
    keywords: tuple[str, ...]


def suggest_by_keywords(text: str, categories: Sequence[KeywordCategory]) -> Answer | None:
    """The category whose keywords weigh most, the first of equals; None where no keyword occurs."""
    folded = fold(text)
    sharing = Counter(_plain(word) for category in categories for word in set(category.keywords))
    weighed = [(_weigh(found, sharing), category, found) for category in categories if (found := _found(folded, category))]
    if not weighed:
        return None
    weighed.sort(key=lambda row: -row[0])
    best, category, found = weighed[0]
    second = weighed[1][0] if len(weighed) > 1 else 0.0
    found.sort(key=lambda word: -_weigh([word], sharing))
    return Answer(category.code, round(min(MOST_CONFIDENT, best / (best + second + DOUBT)), 3), tuple(found[:MOST_WORDS]))


@lru_cache(maxsize=8192)
def _plain(keyword: str) -> str:
    """The same few hundred keywords are asked about with every text."""
    return fold(keyword)


def _found(folded: str, category: KeywordCategory) -> list[str]:
    """Keywords in the text; one that is part of another that was found says nothing new."""
    found = [word for word in dict.fromkeys(map(_plain, category.keywords)) if word and word in folded]
    return [word for word in found if not any(word != other and word in other for other in found)]


def _weigh(words: Sequence[str], sharing: Counter[str]) -> float:
    """Longer words are more specific; a word that several categories claim counts for each only in part."""
    return sum(math.sqrt(len(word)) / sharing[word] for word in words)
