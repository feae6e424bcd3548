from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.desk.selectors import figures_by_kind, public_deeds, years_of
from gongjian.honors.selectors import awards_of
from gongjian.kernel.web.pages import page, paginate
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.statistics import Slice, totals_by
from gongjian.registry.selectors import get_organization


@page("registry.view_organization", methods=("GET", "HEAD"))
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organization has done: its figures, its years, its public deeds."""
    found = get_organization(pk)
    wanted = Slice(organization=found.pk, public_only=True)
    labels = dict(Category.choices)
    context = {
        "organization": found,
        "figures": figures_by_kind(wanted)[:6],
        "years": years_of(found.pk),
        "categories": [(labels[row["category"]], row["deeds"]) for row in totals_by(wanted, ["category"])],
        "page": paginate(request, public_deeds(organization=found.pk), size=20),
        "awards": awards_of(found),
    }
    return render(request, "desk/organization.html", context)
