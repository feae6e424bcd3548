from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.desk.selectors import Choice, doings_of, public_deeds
from gongjian.honors.selectors import awards_of
from gongjian.kernel.web.pages import page, page_by_key
from gongjian.ledger.selectors import NEWEST_FIRST
from gongjian.registry.selectors import get_organization
from gongjian.work.ratings.selectors.standings import history


@page("registry.view_organization", methods=("GET", "HEAD"))
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organization has done: its figures, its years, its public deeds."""
    found = get_organization(pk)
    doings = doings_of(found.pk)
    context = {
        "organization": found,
        "doings": doings,
        "page": page_by_key(request, public_deeds(Choice(organization=found.pk)), order=NEWEST_FIRST, size=20),
        "total": doings.deeds,
        "awards": awards_of(found),
        "standings": history(found)[:20],
    }
    return render(request, "desk/organization.html", context)
