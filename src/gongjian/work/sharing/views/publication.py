"""For everybody: what was donated, by which channel, and where it went."""

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.selectors import goods as selectors


@page("sharing.visit", methods=("GET", "HEAD"))
def publication(request: OfficeRequest) -> HttpResponse:
    context = {
        "items": [item for item in selectors.items() if item.received],
        "page": paginate(request, selectors.donations(), size=20),
        "gone": selectors.gone(),
        "differences": selectors.written_off()[:30],
    }
    return render(request, "sharing/public/publication.html", context)


@page("sharing.visit", methods=("GET", "HEAD"))
def receipt(request: OfficeRequest, number: str) -> HttpResponse:
    """What the code on a receipt leads to."""
    found = selectors.donation_by_number(number)
    lines = list(found.lines.all())
    context = {"donation": found, "lines": lines, "gone": selectors.gone([line.item for line in lines])}
    return render(request, "sharing/public/receipt.html", context)
