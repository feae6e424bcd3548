"""Looking through the ledger: list, totals, pivot, export."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.kernel import audit
from gongjian.kernel.paging import page_after
from gongjian.kernel.web.pages import page
from gongjian.ledger.export import MOST_ROWS, deeds_as_spreadsheet
from gongjian.ledger.forms.explorer import ExplorerForm, PivotForm
from gongjian.ledger.selectors import NEWEST_FIRST, reach_of
from gongjian.ledger.selectors.explorer import find_deeds, sums
from gongjian.ledger.views.pivot_links import lines
from gongjian.registry.selectors import organizations

PAGE = 50


@page("ledger.explore", methods=("GET", "HEAD"))
def explorer(request: HttpRequest) -> HttpResponse:
    form = ExplorerForm(request.GET)
    wanted = form.wanted(reach_of(request.user))
    found = page_after(find_deeds(request.user, wanted), order=NEWEST_FIRST, cursor=request.GET.get("cursor"), size=PAGE)
    context = {"form": form, "wanted": wanted, "page": found, "most_rows": MOST_ROWS, **_sums(request, wanted.slice)}
    return render(request, "ledger/explorer.html", context)


def _sums(request: HttpRequest, wanted: Any) -> dict[str, Any]:
    rows, columns, measure = PivotForm(request.GET).layout()
    summed, table, measure = sums(wanted, row=rows, column=columns, measure=measure)
    layout = PivotForm(initial={"rows": rows, "columns": columns, "measure": measure})
    return {
        "layout": layout,
        "totals": summed,
        "pivot": table,
        "measure": measure,
        "chart": "line" if rows in ("month", "year") else "bars",
        "chart_rows": list(zip(table.rows, table.sums, strict=True))[:24],
        "lines": list(lines(table, request.GET)),
    }


@page("ledger.explore", methods=("GET", "HEAD"))
def export(request: HttpRequest) -> HttpResponse:
    """The deeds of the same filter as Excel."""
    wanted = ExplorerForm(request.GET).wanted(reach_of(request.user))
    deeds = find_deeds(request.user, wanted).order_by(*NEWEST_FIRST)[: MOST_ROWS + 1]
    audit.record(request.user, "ledger.export", filter=request.GET.urlencode())
    response = deeds_as_spreadsheet(deeds.iterator(chunk_size=2000))
    response["Cache-Control"] = "private, no-store"
    return response


@page("ledger.explore", methods=("GET", "HEAD"))
def organization_names(request: HttpRequest) -> HttpResponse:
    """Names for the list under an organization field, by what was typed into it, whatever it is called there."""
    typed = str(next(iter(request.GET.values()), ""))
    return render(request, "ledger/parts/organization_names.html", {"organizations": organizations(typed.strip())[:20]})
