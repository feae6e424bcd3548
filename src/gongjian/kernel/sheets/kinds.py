"""What a room says of a list that it takes from Excel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.kernel.rooms import rooms


@dataclass(frozen=True)
class Column:
    """`title` is Chinese in every language, for so the sheets are titled. `digits`: a number that must not lose its last ones.

    A sheet without an `optional` column is taken; with it a cell may be empty all the same.
    """

    title: str
    help: str
    example: str = ""
    width: int = 16
    optional: bool = False
    digits: bool = False


@dataclass
class Row:
    """One filled line. `cells` are texts by column title, `raw` what Excel stores; `values` is JSON that `read` makes of it.

    `why` says why it is not written, `repeated` that it came before; `remark` is said of a row that is written all the same.
    """

    number: int
    cells: dict[str, str]
    raw: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    repeated: bool = False
    remark: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON, without what Excel stores."""
        names = ("number", "cells", "values", "why", "repeated", "remark")
        return {name: getattr(self, name) for name in names}


class SheetKind:
    """One list. Made anew for each file, for an account and, if the list belongs to a thing, that thing's key in `about`."""

    title: Any
    sub: Any = _("上传表格，先看结果，确认了才导入。")
    permission: str
    columns: Sequence[Column]

    def __init__(self, actor: Any, about: str = "") -> None:
        self.actor, self.about = actor, about

    def check(self) -> None:
        """Raises NotAllowed, and Missing where `about` names nothing that the account may know of."""
        require(self.actor, self.permission)

    def back(self) -> str:
        """Where the list stands that the rows go into; empty without such a page."""
        return ""

    def choices(self) -> Iterable[tuple[str, str]]:
        """(column title, what may be written there), for a page of the template."""
        return ()

    def prepare(self) -> None:
        """Look up once what all rows need."""

    def read(self, row: Row) -> None:
        """Check `row.cells` and fill `row.values`. Raises DomainError with the reason for a row that cannot be."""
        raise NotImplementedError

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        """Set `repeated` and `why` of rows that came before; called part by part, in order, and again before writing."""

    def write(self, rows: Sequence[Row]) -> int:
        """Write them by the room's services, inside one transaction, and say how many. Raises DomainError for any wrong one."""
        raise NotImplementedError


def open_kind(code: str, actor: Any, about: str = "") -> SheetKind:
    """Raises Missing for a code that no room announces, NotAllowed for an account that may not import it."""
    for room in rooms():
        if code in room.sheets:
            kind: SheetKind = import_string(room.sheets[code])(actor, about)
            kind.check()
            return kind
    raise Missing(_("没有这种表格。"))
