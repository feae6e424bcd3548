"""The rates as rows of a sheet and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjian.work.whistles.cycles import Cycle
from gongjian.work.whistles.models import Policy
from gongjian.work.whistles.rates import Rates
from gongjian.work.whistles.selectors.rates import GROUPINGS, Grouping, Line, Table, rates_table


def sheet_name(cycle: Cycle, grouping: Grouping) -> str:
    return f"{_('三率')} {cycle.name} {grouping.title}"


def rates_sheet(cycle: Cycle, table: Table) -> tuple[Sequence[Any], Iterator[Sequence[Any]]]:
    """Head and rows. Numerator and denominator stand beside every percent."""
    parts = (_("响应"), _("解决"), _("满意"))
    sides = (_("未剔除"), _("剔除后"))
    figures = [f"{side} {part}{what}" for side in sides for part in parts for what in (_("分子"), _("分母"), "%")]
    head = [_("考核期"), table.grouping.title, _("剔除件数"), *figures, *(f"{side} {_('综合')}%" for side in sides)]
    return head, (_row(cycle, line) for line in (*table.lines, table.total))


def _row(cycle: Cycle, line: Line) -> list[Any]:
    both = (line.rates, line.kept)
    figures = [value for rates in both for share in rates.shares() for value in (share.top, share.denominator, share.percent)]
    return [f"{cycle.first}～{cycle.last}", line.label, line.excluded, *figures, *(rates.composite_percent for rates in both)]


def rates_json(cycle: Cycle, policy: Policy) -> dict[str, Any]:
    """All tables of a cycle, for machines."""
    tables = {name: rates_table(cycle, grouping, policy) for name, grouping in GROUPINGS.items()}
    weights = ("basically_satisfied_weight", "response_weight", "resolution_weight", "satisfaction_weight")
    return {
        "cycle": {"name": cycle.name, "first": str(cycle.first), "last": str(cycle.last)},
        "policy": {name: f"{getattr(policy, name).normalize():f}" for name in weights},
        "total": _line_json(next(iter(tables.values())).total),
        **{name: [_line_json(line) for line in table.lines] for name, table in tables.items()},
    }


def _line_json(line: Line) -> dict[str, Any]:
    sides: dict[str, Rates] = {"all": line.rates, "without_excluded": line.kept}
    return {
        "key": line.key,
        "name": line.label,
        "excluded": line.excluded,
        **{name: rates.as_json() for name, rates in sides.items()},
    }
