from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.desk.forms import DeedFilter
from gongjian.desk.selectors import how_many, lately_in_figures, public_deeds
from gongjian.honors.selectors import current_notices
from gongjian.honors.selectors.public import roll
from gongjian.kernel.rooms import home_lists
from gongjian.kernel.web.pages import page, page_by_key
from gongjian.ledger.selectors import NEWEST_FIRST
from gongjian.work.whistles.selectors.following import open_by_community


@page("desk.visit", methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """What the neighborhood did of late, and the doors to everything else."""
    context = {
        "period": lately_in_figures(),
        "hanging": current_notices(),
        "published": roll()[:2],
        "whistling": open_by_community(),
        "lists": home_lists(),
    }
    return render(request, "desk/home.html", context)


@page("desk.visit", methods=("GET", "HEAD"))
def deeds(request: HttpRequest) -> HttpResponse:
    """The public deeds behind a figure."""
    form = DeedFilter(request.GET)
    chosen = form.chosen()
    found = page_by_key(request, public_deeds(chosen), order=NEWEST_FIRST, size=30)
    return render(request, "desk/deeds.html", {"form": form, "page": found, "total": how_many(chosen)})
