"""Papers: the agreement to sign, its quarterly report, an organization's contribution sheet. `?word` for Word, else PDF."""

from datetime import date

from django.http import HttpResponse

from gongjian.kernel import audit, clock
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.selectors import get_organization
from gongjian.work.cobuilding import papers
from gongjian.work.cobuilding.selectors.agreements import get_agreement, quarter_named


@page("cobuilding.view_agreement", methods=("GET", "HEAD"))
def agreement_paper(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_agreement(request.user, pk)
    audit.record(request.user, "cobuilding.print", found)
    return send_paper(request, papers.agreement_paper(found), found.title)


@page("cobuilding.view_agreement", methods=("GET", "HEAD"))
def quarterly_report(request: OfficeRequest, pk: int) -> HttpResponse:
    found, quarter = get_agreement(request.user, pk), quarter_named(request.GET.get("quarter", ""))
    audit.record(request.user, "cobuilding.print", found, quarter=quarter.name)
    return send_paper(request, papers.quarterly_report(found, quarter), f"{found.title} {quarter}")


@page("cobuilding.contributions", methods=("GET", "HEAD"))
def contribution_sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """Of a whole year, this one unless `?year` names another."""
    found = get_organization(pk)
    require(request.user, "cobuilding.contributions", found)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) >= 1949 else clock.today().year
    audit.record(request.user, "cobuilding.print", found, year=year)
    paper = papers.contribution_sheet(found, date(year, 1, 1), date(year, 12, 31))
    return send_paper(request, paper, f"{found.called} {year}")
