"""The ledger as an Excel file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.quantities import CHINESE
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.ledger.models import Level
from gongjian.ledger.telling import when

MOST_ROWS = 50_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def deeds_as_spreadsheet(deeds: Iterable[Any]) -> HttpResponse:
    """Deeds with `level` and `is_reversed`. At most MOST_ROWS; where there are more, the last row says so."""
    name = _("事迹台账 %(day)s") % {"day": clock.today().isoformat()}
    return spreadsheet(name, _titles(), _rows(deeds))


def _rows(deeds: Iterable[Any]) -> Iterator[list[Any]]:
    for number, deed in enumerate(deeds):
        if number == MOST_ROWS:
            yield [_("只导出前 %(most)s 条；请缩小筛选范围分次导出。") % {"most": MOST_ROWS}]
            return
        yield [harmless(value) for value in _cells(deed)]


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would calculate, were the file saved as CSV and opened again, gets an apostrophe before it."""
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


def _reversal(deed: Any) -> str:
    if deed.reverses_id:
        return _("冲正 %(deed)s") % {"deed": deed.reverses_id}
    return _("已冲正") if deed.is_reversed else ""
