"""What a text is about, whatever words it uses: things (an elevator) and troubles (stopped, noisy)."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from gongjian.work.whistles.words.segmenting import fold


@lru_cache(maxsize=4096)
def concepts(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Things and troubles named in the text."""
    found = _hide_parts([word for word in _lexicon() if word in fold(text)])
    named = [row for word in found for row in _lexicon()[word]]
    return frozenset(name for kind, name in named if kind == "things"), frozenset(
        name for kind, name in named if kind == "troubles"
    )


def agreement(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Shared concepts over the smaller count; None where one side names none and nothing can be said."""
    if not a or not b:
        return None
    return len(a & b) / min(len(a), len(b))


def _hide_parts(words: list[str]) -> list[str]:
    """停车 within 占道停车 is not found a second time."""
    return [word for word in words if not any(word != other and word in other for other in words)]


@cache
def _lexicon() -> dict[str, list[tuple[str, str]]]:
    """Word → (kind, concept), as often as the word is listed."""
    content = (files("gongjian.work.whistles.words") / "data" / "synonyms.toml").read_text(encoding="utf-8")
    lexicon: dict[str, list[tuple[str, str]]] = {}
    for kind, groups in tomllib.loads(content).items():
        for name, words in groups.items():
            for word in words:
                lexicon.setdefault(word, []).append((kind, name))
    return lexicon
