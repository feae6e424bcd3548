"""One row of the sheet, checked by the same rules as a report that comes in singly."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import DomainError, Invalid
from gongjian.registry.models import Place
from gongjian.work.whistles.hotline import columns as at
from gongjian.work.whistles.models import Category
from gongjian.work.whistles.services.checks import checked_coordinates, checked_past, checked_phone, checked_text
from gongjian.work.whistles.services.reports import Report

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
FORMATS = tuple(
    f"{day}{time}"
    for day in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
    for time in (" %H:%M:%S", " %H:%M", "%H时%M分", " %H时%M分", "T%H:%M:%S", "")
)
MOST_NUMBER = 60
EXACT_BELOW = 10**15
"""Excel keeps 15 digits of a number."""


@dataclass(frozen=True)
class Names:
    """What communities and categories may be called in a sheet."""

    places: dict[str, Place]
    categories: dict[str, Category]


def read_row(row: int, values: list[Any], names: Names) -> dict[str, Any]:
    """As JSON: its number in the sheet, its cells as text, what they mean, and in `why` what is wrong, if anything is."""
    cells = [text_of(value) for value in values]
    read: dict[str, Any] = {"row": row, "cells": cells, "why": "", "place": None, "category": None, "at": None}
    try:
        read["at"] = _said_at(values[at.SAID_AT])
        _check(values, cells)
        read["place"] = _place(cells[at.PLACE], names)
    except DomainError as error:
        read["why"] = str(error)
    category = names.categories.get(cells[at.CATEGORY])
    read["category"] = category.code if category else None
    return read


def report_of(read: dict[str, Any], places: dict[str, Place], categories: dict[str, Category]) -> Report:
    """From what `read_row` gave, with places and categories by their codes."""
    cells = read["cells"]
    return Report(
        text=cells[at.TEXT],
        place=places.get(read["place"]),
        spot=cells[at.SPOT],
        latitude=cells[at.LATITUDE],
        longitude=cells[at.LONGITUDE],
        name=cells[at.NAME],
        phone=cells[at.PHONE],
        external_number=cells[at.NUMBER],
        category=categories.get(read["category"]),
        said_at=datetime.fromisoformat(read["at"]) if read["at"] else None,
    )


def text_of(value: Any) -> str:
    """What a cell shows; whole numbers without the point that Excel stores."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**18:
        value = int(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return str(value).replace("\x00", "").strip()


def _check(values: list[Any], cells: list[str]) -> None:
    for title, value, cell in zip(at.COLUMNS, values, cells, strict=True):
        if isinstance(value, str) and value.startswith("="):
            raise Invalid(_("“%(title)s”以等号开头，像是公式：请粘贴成文字。") % {"title": title}, code="formula")
        if cell in ERRORS:
            raise Invalid(_("“%(title)s”是 Excel 的错误值 %(value)s。") % {"title": title, "value": cell}, code="error-value")
    number = values[at.NUMBER]
    if isinstance(number, int | float) and abs(number) >= EXACT_BELOW:
        raise Invalid(_("工单编号存成了数字，末几位已经丢失：请从原表按文本格式重新复制。"), code="number-lost")
    if len(cells[at.NUMBER]) > MOST_NUMBER:
        raise Invalid(_("工单编号太长（不超过 %(most)s 个字符）。") % {"most": MOST_NUMBER}, code="number")
    checked_text(cells[at.TEXT])
    checked_phone(cells[at.PHONE])
    checked_coordinates(cells[at.LATITUDE], cells[at.LONGITUDE])


def _place(name: str, names: Names) -> str | None:
    if not name:
        return None
    if name not in names.places:
        sentence = _("没有“%(name)s”这个社区，写法请看模板的“社区和类别”一页；不清楚可以空着。")
        raise Invalid(sentence % {"name": name}, code="place")
    return str(names.places[name].code)


def _said_at(value: Any) -> str | None:
    moment = _moment(value)
    if moment is None:
        return None
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    checked_past(aware)
    return aware.isoformat()


def _moment(value: Any) -> datetime | None:
    """Raises Invalid for what is no time."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    text = text_of(value)
    if not text:
        return None
    for form in FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007
        except (ValueError, OverflowError):
            continue
    raise Invalid(_("反映时间“%(text)s”看不懂，请写成 2026-03-02 08:30。") % {"text": text[:30]}, code="said-at")
