"""Words for full text search. A document is indexed by every dictionary word in it, a query is cut into few words.

Names that no dictionary has fall apart into single characters, in documents and in queries alike: so whatever stands in
a document also finds it.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_LATIN = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """One width, lower case: ＡＢＣ and abc are the same word."""
    return unicodedata.normalize("NFKC", text).lower()


def document_words(text: str) -> list[str]:
    """Coarse words and all finer ones within them, each once, for a tsvector of configuration `simple`."""
    folded = fold(text)
    jieba = _jieba()
    return _spoken([*jieba.cut_all(folded), *jieba.cut(folded, hmm=False), *_LATIN.findall(folded)])


def query_words(text: str) -> list[str]:
    """The coarsest words of a query, each once; a document that contains the query has all of them."""
    return _spoken(_jieba().cut(fold(text), hmm=False))


def cut(folded: str) -> list[str]:
    """The text as it is read, punctuation included; guesses at unknown names."""
    words: list[str] = _jieba().cut(folded)
    return words


def _spoken(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if any(map(str.isalnum, word))))


def _jieba() -> Any:
    """Imported at the first word: its dictionary takes memory. Threads may share it, as nobody adds words."""
    import rjieba

    return rjieba
