"""Telling a deed in words: its statement with the figures put where they belong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from gongjian.ledger.models import Deed

QUANTITY, DATE = "{数}", "{日}"
_PLACEHOLDER = re.compile(r"(\{数\}|\{日\})")


@dataclass(frozen=True)
class Piece:
    """A run of text; a figure is one that stands for the deed's own quantity or date and links to its evidence."""

    text: str
    is_figure: bool


def pieces(deed: "Deed") -> Iterator[Piece]:
    """The statement in pieces. A quantity that the statement does not place is added at its end."""
    statement = deed.statement
    if deed.amount and QUANTITY not in statement:
        statement = f"{statement.rstrip('。')}（{QUANTITY}）"
    for part in filter(None, _PLACEHOLDER.split(statement)):
        if part == QUANTITY and deed.amount:
            yield Piece(deed.amount.in_chinese(), is_figure=True)
        elif part == DATE:
            yield Piece(when(deed, language="zh"), is_figure=True)
        else:
            yield Piece(part, is_figure=False)


def plain(deed: "Deed") -> str:
    return "".join(piece.text for piece in pieces(deed))


def when(deed: "Deed", language: str | None = None) -> str:
    """The date as precisely as it is known: 2020年, 2020年7月, 2020年7月30日, or from–to."""
    first, last = deed.occurred_from, deed.occurred_to
    chinese = (language or get_language() or "zh").startswith("zh")
    if deed.precision == "year":
        return f"{first.year}年" if chinese else f"{first.year}"
    if deed.precision == "month":
        return f"{first.year}年{first.month}月" if chinese else f"{first:%B %Y}"
    ends = [first] if first == last else [first, last]
    if chinese:
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in ends)
    return " – ".join(f"{day:%B} {day.day}, {day.year}" for day in ends)


def place_figures(statement: str, deed: "Deed") -> str:
    """The statement with the deed's own figure, if it was typed out, replaced by its placeholder."""
    if deed.amount and QUANTITY not in statement:
        statement = statement.replace(deed.amount.in_chinese(), QUANTITY, 1)
    if deed.precision == "day" and DATE not in statement:
        statement = statement.replace(when(deed, language="zh"), DATE, 1)
    return statement
