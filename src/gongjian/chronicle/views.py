from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.chronicle import selectors, services
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page
from gongjian.ledger.export import deeds_as_spreadsheet


@page("chronicle.read", methods=("GET", "HEAD"))
def honor_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.newspaper(slug)
    return render(request, "chronicle/honor_page.html", {"newspaper": found, "campaign": found.campaign})


@page("chronicle.read", methods=("GET", "HEAD"))
def honor_page_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as data: every figure with the deed behind it."""
    found = selectors.newspaper(slug)
    answer = JsonResponse({"campaign": found.campaign.title, "version": found.page.number, **found.page.content})
    answer["Content-Disposition"] = f'attachment; filename="{slug}.json"'
    return answer


@page("chronicle.read", methods=("GET", "HEAD"))
def honor_page_deeds(request: HttpRequest, slug: str) -> HttpResponse:
    """The deeds that the page names, as Excel."""
    return deeds_as_spreadsheet(selectors.deeds_named(selectors.newspaper(slug)))


@page("chronicle.write", methods=("POST",))
def rewrite(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.newspaper(slug)
    form = ServiceForm(request.POST)

    def write(values: dict[str, object]) -> str:
        services.write_honor_page(request.user, campaign=found.campaign)  # type: ignore[arg-type]
        return reverse("chronicle:honor_page", args=[slug])

    url = form.submit(request, write)
    if url:
        messages.success(request, _("按台账现在的样子重新排了一版，旧版仍留存。"))
    return redirect(url or reverse("chronicle:honor_page", args=[slug]))
