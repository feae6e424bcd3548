"""What a cell means. Each raises Invalid with a sentence that names the column."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.sheets.kinds import Column, Row

Thing = TypeVar("Thing")
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
_TIMES = (" %H:%M:%S", " %H:%M", "%H时%M分", " %H时%M分", "T%H:%M:%S", "")
EXACT_BELOW = 10**15
"""Excel keeps 15 digits of a number."""
MOST_EXPONENT = 20
YES, NO = frozenset({"是", "有", "对", "√", "Y", "y"}), frozenset({"", "否", "无", "没有", "×", "N", "n"})


def text_of(value: Any) -> str:
    """What a cell shows; whole numbers without the point that Excel stores."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**18:
        value = int(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return str(value).replace("\x00", "").strip()


def check_sound(row: Row, columns: Iterable[Column]) -> None:
    """No formulas, no error values of Excel, no number that has lost its last digits."""
    for column in columns:
        value, cell = row.raw.get(column.title), row.cells[column.title]
        said = {"title": column.title, "value": cell[:30]}
        if isinstance(value, str) and value.startswith("="):
            raise Invalid(_("“%(title)s”以等号开头，像是公式：请粘贴成文字。") % said, code="formula")
        if cell in ERRORS:
            raise Invalid(_("“%(title)s”是 Excel 的错误值 %(value)s。") % said, code="error-value")
        if column.digits and isinstance(value, int | float) and abs(value) >= EXACT_BELOW:
            sentence = _("“%(title)s”存成了数字，末几位已经丢失：请从原表按文本格式重新复制。")
            raise Invalid(sentence % said, code="digits-lost")


def needed(row: Row, title: str, *, most: int = 200) -> str:
    """A text that must be there."""
    if not row.cells[title]:
        raise Invalid(_("“%(title)s”没有填。") % {"title": title}, code="empty")
    return short(row, title, most=most)


def short(row: Row, title: str, *, most: int = 200) -> str:
    text = row.cells[title]
    if len(text) > most:
        raise Invalid(_("“%(title)s”太长（不超过 %(most)s 个字）。") % {"title": title, "most": most}, code="too-long")
    return text


def one_of(row: Row, title: str, names: Mapping[str, Thing]) -> Thing | None:
    """What the cell names; None for an empty cell."""
    text = row.cells[title]
    if text and text not in names:
        sentence = _("“%(title)s”里的“%(value)s”对不上，写法请看模板的“可以这样写”一页。")
        raise Invalid(sentence % {"title": title, "value": text[:30]}, code="unknown")
    return names[text] if text else None


def number(row: Row, title: str) -> Decimal | None:
    """Exact, as it is shown; None for an empty cell."""
    text = row.cells[title].replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > MOST_EXPONENT:
        raise Invalid(_("“%(title)s”应该是数字，现在是“%(value)s”。") % {"title": title, "value": text[:30]}, code="number")
    return found


def yes_or_no(row: Row, title: str) -> bool:
    text = row.cells[title]
    if text not in YES | NO:
        raise Invalid(_("“%(title)s”请写“是”或“否”。") % {"title": title}, code="yes-or-no")
    return text in YES


def day(row: Row, title: str) -> date | None:
    """None for an empty cell."""
    moment = _moment(row, title)
    return moment.date() if moment else None


def moment(row: Row, title: str) -> datetime | None:
    """Aware, in the time of the office; None for an empty cell."""
    found = _moment(row, title)
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _moment(row: Row, title: str) -> datetime | None:
    value = row.raw.get(title)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    text = row.cells[title]
    if not text:
        return None
    for form in (f"{day}{time}" for day in _DAYS for time in _TIMES):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007
        except (ValueError, OverflowError):
            continue
    sentence = _("“%(title)s”里的“%(value)s”看不懂，请写成 2026-03-02 或 2026-03-02 08:30。")
    raise Invalid(sentence % {"title": title, "value": text[:30]}, code="time")


def unambiguous(things: Iterable[Thing], names_of: Callable[[Thing], Iterable[str]]) -> dict[str, Thing]:
    """Things by each of their names; what two are called names neither."""
    found: dict[str, Thing | None] = {}
    for thing in things:
        for name in set(names_of(thing)) - {""}:
            found[name] = None if name in found else thing
    return {name: thing for name, thing in found.items() if thing is not None}
