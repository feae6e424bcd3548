"""A year of the ledger in numbers; each leads to the deeds behind it."""

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel import clock
from gongjian.kernel.web.pages import page
from gongjian.ledger.selectors import reach_of
from gongjian.ledger.selectors.year import all_together, concentration, months, verified
from gongjian.registry.requests import OfficeRequest

EARLIEST = 1949


@page("ledger.explore", methods=("GET", "HEAD"))
def year(request: OfficeRequest) -> HttpResponse:
    asked, reach = _asked(request), reach_of(request.user)
    parts = verified(reach, asked)
    context = {
        "year": asked,
        "before": asked - 1 if asked > EARLIEST else None,
        "after": asked + 1 if asked < clock.today().year else None,
        "parts": parts,
        "all": all_together(parts),
        "months": months(reach, asked),
        "concentration": concentration(reach, asked),
    }
    return render(request, "ledger/year.html", context)


def _asked(request: OfficeRequest) -> int:
    """This year, unless a year that there can be deeds of was asked for."""
    this_year, typed = clock.today().year, request.GET.get("year", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else this_year
    return asked if EARLIEST < asked <= this_year else this_year
