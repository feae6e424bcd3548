"""The ledger as an Excel file, written row by row."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.quantities import CHINESE
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.telling import when

MOST_ROWS = 50_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def workbook_of(deeds: Iterable[Any]) -> tuple[IO[bytes], int]:
    """The file, at its start, and its number of deeds. At most MOST_ROWS; where there are more, the last row says so."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("事迹台账"))
    sheet.append([str(title) for title in _titles()])
    written = 0
    for deed in deeds:
        if written == MOST_ROWS:
            sheet.append([_("只导出前 %(most)s 条；请缩小筛选范围分次导出。") % {"most": MOST_ROWS}])
            break
        sheet.append([harmless(value) for value in _cells(deed)])
        written += 1
    file = tempfile.TemporaryFile()  # noqa: SIM115
    workbook.save(file)
    file.seek(0)
    return file, written


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would calculate gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _titles() -> list[Any]:
    return [
        _("编号"),
        _("时间"),
        _("单位"),
        _("队伍"),
        _("个人"),
        _("种类"),
        _("地方"),
        _("事迹"),
        _("数量"),
        _("计量单位"),
        _("约数"),
        _("受益方"),
        _("确认级别"),
        _("记录时间"),
        _("事后几天记下"),
        _("可公开"),
        _("冲正"),
    ]


def _cells(deed: Any) -> Iterator[Any]:
    yield str(deed.pk)
    yield when(deed)
    yield _named(deed.organization)
    yield _named(deed.team)
    yield _named(deed.person)
    yield str(deed.kind)
    yield str(deed.place)
    yield deed.told
    yield deed.quantity
    yield CHINESE.get(deed.unit, "")
    yield deed.get_approximation_display() if deed.quantity is not None else ""
    yield deed.beneficiary
    yield str(Level(deed.level).label)
    yield timezone.localtime(deed.recorded_at).strftime("%Y-%m-%d %H:%M")
    yield deed.days_until_recorded
    yield _("是") if deed.public else _("否")
    yield _reversal(deed)


def _named(thing: Any) -> str:
    return str(thing) if thing else ""


def _reversal(deed: Deed | Any) -> str:
    if deed.reverses_id:
        return _("冲正 %(deed)s") % {"deed": deed.reverses_id}
    return _("已冲正") if deed.is_reversed else ""
