"""The three rates of a cycle, how the work went, and how often communities whistle."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel import audit
from gongjian.kernel.web.pages import page
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import accounts_export, links
from gongjian.work.whistles.cycles import Cycle, cycle_or_current
from gongjian.work.whistles.selectors.bands import bands
from gongjian.work.whistles.selectors.operations import operations
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.rates import GROUPINGS, Grouping, rates_table

CHARTED = 24


@page("whistles.accounts", methods=("GET", "HEAD"))
def rates(request: OfficeRequest) -> HttpResponse:
    rules, cycle, grouping = _asked(request)
    table = rates_table(cycle, grouping, rules)
    context = {
        "policy": rules,
        "cycle": cycle,
        "grouping": grouping,
        "groupings": GROUPINGS.values(),
        "table": table,
        "lines": [(line, _behind(cycle, grouping, line.key)) for line in table.lines],
        "total_url": links.behind(cycle),
        "charted": [line for line in table.lines if line.tally.valid][:CHARTED],
        "operations": [(line, _behind(cycle, grouping, line.key)) for line in operations(cycle, grouping)],
        "bands": [(band, links.behind(cycle, community=band.key)) for band in _bands(cycle, grouping, rules)],
    }
    return render(request, "whistles/rates.html", context)


@page("whistles.accounts", methods=("GET", "HEAD"))
def export(request: OfficeRequest) -> HttpResponse:
    """The same table as Excel."""
    rules, cycle, grouping = _asked(request)
    audit.record(request.user, "whistles.export_rates", None, cycle=cycle.name, by=grouping.name)
    head, rows = accounts_export.rates_sheet(cycle, rates_table(cycle, grouping, rules))
    return spreadsheet(accounts_export.sheet_name(cycle, grouping), head, rows)


def _asked(request: OfficeRequest) -> tuple[Any, Cycle, Grouping]:
    rules = policy()
    cycle = cycle_or_current(request.GET.get("cycle", ""), rules.cycle_first_day)
    return rules, cycle, GROUPINGS.get(request.GET.get("by", ""), GROUPINGS["community"])


def _behind(cycle: Cycle, grouping: Grouping, key: Any) -> str:
    """Empty where the list has no filter for it: whistles without community, lead or category."""
    return links.behind(cycle, **{grouping.parameter: key}) if key else ""


def _bands(cycle: Cycle, grouping: Grouping, rules: Any) -> Any:
    return bands(cycle, rules) if grouping.name == "community" else ()
