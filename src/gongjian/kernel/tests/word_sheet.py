"""A list of words, told apart from those that came before; what is written is remembered here."""

from collections.abc import Sequence
from typing import Any

from gongjian.kernel.errors import Invalid
from gongjian.kernel.sheets import cells
from gongjian.kernel.sheets.kinds import Column, Row, SheetKind

COLUMNS = (Column("词", "必填"), Column("数", "整数"), Column("号", "可以没有这一列", optional=True, digits=True))
WRITTEN: list[str] = []
REFUSED: set[str] = set()
"""What `write` no longer takes, though it was sound when it was read."""


class WordSheet(SheetKind):
    title = "词表"
    permission = "whistles.import"
    columns = COLUMNS

    def choices(self) -> Any:
        return [("词", "甲")]

    def prepare(self) -> None:
        self.known = set(WRITTEN)

    def read(self, row: Row) -> None:
        row.values = {"word": cells.needed(row, "词", most=4), "number": str(cells.number(row, "数") or "")}
        row.remark = "少见" if row.cells["词"] == "丙" else ""

    def mark_repeated(self, rows: Sequence[Row]) -> None:
        for row in rows:
            row.repeated = row.values["word"] in self.known
            row.why = "来过" if row.repeated else ""
            self.known.add(row.values["word"])

    def write(self, rows: Sequence[Row]) -> int:
        words = [row.values["word"] for row in rows]
        if REFUSED & set(words):
            raise Invalid("不再收这个词")
        WRITTEN.extend(words)
        return len(rows)
