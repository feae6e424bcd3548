"""The words that bind: said often here and seldom elsewhere."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import log

LEAST_SHARE = 3
"""A word that fewer than one text in so many has, does not bind."""


def words_in(text: str) -> set[str]:
    """The words of a text, two characters and longer; none with digits, which would be phones and doors."""
    import rjieba

    return {word for word in rjieba.cut(text) if len(word) > 1 and word.isalpha()}


def frequencies(texts: Iterable[Collection[str]]) -> Counter[str]:
    """In how many of the texts, given as their words, each word stands."""
    found: Counter[str] = Counter()
    for words in texts:
        found.update(words)
    return found


def binding_words(texts: Sequence[Collection[str]], rest: Counter[str], size: int, *, most: int = 4) -> list[str]:
    """The words with the greatest log-odds of standing here against the `size` texts of the rest."""
    here, count = frequencies(texts), len(texts)
    shared = [word for word, times in here.items() if times > 1 and times * LEAST_SHARE >= count]
    odds = {word: _odds(here[word], count) - _odds(rest[word], size) for word in shared}
    best = sorted((word for word in shared if odds[word] > 0), key=lambda word: (-odds[word] * here[word], word))
    return _without_parts(best)[:most]


def _odds(times: int, count: int) -> float:
    """Smoothed, so that never and always stay finite."""
    return log((times + 0.5) / (max(count - times, 0) + 0.5))


def _without_parts(words: Collection[str]) -> list[str]:
    """Of 垃圾 and 垃圾桶 only the one that stands first in the order."""
    kept: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept
