"""How things are said: one of several phrases that mean the same, chosen by a seed and then in turn."""

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("rhetoric.toml")


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


class Rhetoric:
    """The same seed says the same things in the same words; no phrase comes twice in a row while there is another."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._turns: dict[str, int] = {}

    def choose(self, group: str, name: str) -> str:
        phrases: list[str] = table()[group][name]
        key = f"{group}.{name}"
        turn = self._turns.get(key, int.from_bytes(sha256(f"{self._seed}:{key}".encode()).digest()[:4]))
        self._turns[key] = turn + 1
        return phrases[turn % len(phrases)]


def lacks_subject(statement: str) -> bool:
    """Whether the doer's name can stand right before it."""
    return statement.startswith(tuple(table()["verbs"]["begin"]))
