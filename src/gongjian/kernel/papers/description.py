"""What a paper says, before it is Word or PDF. Papers are Chinese whoever prints them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """`shares`: how wide the columns are to each other. `empty` stands where there is no row."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int] = ()
    empty: str = "无"


@dataclass(frozen=True)
class Part:
    heading: str = ""
    lines: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Paper:
    """`signers` stand side by side above the date, each with room for a seal."""

    title: str
    sub: str = ""
    parts: Sequence[Part] = ()
    signers: Sequence[str] = ()
    date: str = ""
    foot: str = ""
    author: str = field(default="")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
