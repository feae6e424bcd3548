"""The shipped examples: three schemes whose indicators are invented, to begin with. Each says so."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.work.ratings.scoring.blueprint import Blueprint, read

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    code: str
    title: str
    about: str
    subject: str
    blueprint: Blueprint


@cache
def examples() -> dict[str, Example]:
    """By code, in the order of their file names."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


def _read(path: Path) -> Example:
    with path.open("rb") as file:
        content = tomllib.load(file)
    return Example(path.stem, content["title"], content["about"], content["subject"], read(content))
