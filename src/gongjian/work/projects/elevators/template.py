"""The steps of a retrofit as they are shipped."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language


@dataclass(frozen=True)
class Step:
    """`verified`: the basis was looked up in the text of a law."""

    code: str
    name_zh: str
    name_en: str
    basis: str
    verified: bool

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en


@cache
def steps() -> tuple[Step, ...]:
    """In order."""
    content = Path(__file__).with_name("steps.toml").read_text(encoding="utf-8")
    return tuple(Step(**facts) for facts in tomllib.loads(content)["step"])


CONSENT, PRE_REVIEW, REGISTERED, RUNNING = "consent", "pre_review", "registered", "running"
"""Steps that mean something to the program."""
