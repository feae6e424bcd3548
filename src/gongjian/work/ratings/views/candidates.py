"""A candidate: its points line by line, checking on site, the deeds behind an indicator, the second look."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import DomainError, Missing
from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, page_by_key
from gongjian.ledger.selectors import NEWEST_FIRST
from gongjian.registry.requests import OfficeRequest
from gongjian.work.ratings.forms.rounds import AssessmentForm, ReviewForm
from gongjian.work.ratings.models import Candidate, Round
from gongjian.work.ratings.scoring.amounts import deeds_behind
from gongjian.work.ratings.scoring.computing import finding_from
from gongjian.work.ratings.selectors import rounds as selectors
from gongjian.work.ratings.services import assessing, results
from gongjian.work.ratings.views.acting import GET, act_page, posted


@page("ratings.view", methods=GET)
def candidate(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(pk)
    rated = found.round
    row = None if found.left_at else selectors.row_of(found)
    context = {
        "candidate": found,
        "round": rated,
        "scheme": rated.scheme,
        "row": row,
        "sheet": row.sheet if row else None,
        "kinds": selectors.kinds_of(rated),
        "to_check": selectors.to_check(found),
        "assessments": selectors.assessments(found)[:50],
        "names": {one.code: one.name for one in rated.version.blueprint.dimensions},
        "may_assess": rated.state == Round.State.ASSESSING and not found.left_at and may(request.user, "ratings.assess", found),
        "may_manage": may(request.user, "ratings.manage") and rated.state in (Round.State.ENROLLING, Round.State.ASSESSING),
        "refused": _why_not(request, found, row),
    }
    return render(request, "ratings/candidate.html", context)


def _why_not(request: OfficeRequest, found: Candidate, row: selectors.Row | None) -> str | None:
    """None where the account may review now, else why not; empty where there is nothing to say."""
    waits = found.round.state == Round.State.REVIEW and row is not None and row.review is None
    if not waits or not may(request.user, "ratings.review"):
        return ""
    try:
        results.check_reviewer(request.user, found)
    except DomainError as error:
        return str(error)
    return None


@page("ratings.assess")
def assess(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    found = selectors.get_candidate(pk)
    require(request.user, "ratings.assess", found)
    checked = next((one for one in selectors.to_check(found) if one.dimension.code == code), None)
    if checked is None:
        raise Missing(_("这个方面没有要人查的。"))
    last = checked.last
    earlier = {key: finding_from(one) for key, one in last.findings.items()} if last else {}
    form = AssessmentForm(
        posted(request),
        request.FILES or None,
        dimension=checked.dimension,
        found=earlier,
        initial={"seen": last.number if last else 0},
    )

    def act(values: dict[str, Any]) -> Any:
        return assessing.assess(request.user, candidate=found, dimension=code, **form.values(values))

    return act_page(
        request,
        form,
        act,
        title=f"{found}：{checked.dimension.name}",
        sub=_("%(who)s 查过，改了就以新的为准。") % {"who": last.assessed_by.name} if last else "",
        submit=_("查好了"),
        back=reverse("ratings:candidate", args=[pk]),
        back_label=str(found),
        onward=lambda made: _next(found, code),
        done=_("记下了。"),
    )


def _next(found: Candidate, code: str) -> str:
    """The next dimension that nobody has checked, or back to the candidate."""
    waiting = [one.dimension.code for one in selectors.to_check(found) if one.last is None and one.dimension.code != code]
    return reverse("ratings:assess", args=[found.pk, waiting[0]]) if waiting else reverse("ratings:candidate", args=[found.pk])


@page("ratings.review")
def review(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(pk)
    return act_page(
        request,
        ReviewForm(posted(request)),
        lambda values: results.review(request.user, candidate=found, **values),
        title=_("复核：%(name)s") % {"name": found},
        submit=_("提交"),
        back=reverse("ratings:candidate", args=[pk]),
        back_label=str(found),
        onward=lambda made: reverse("ratings:round", args=[found.round_id]),
        done=_("复核意见记下了。"),
    )


@page("ratings.view", methods=GET)
def deeds(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    found = selectors.get_candidate(pk)
    indicator = found.round.version.blueprint.indicator(code)
    if indicator is None or indicator.ledger is None:
        raise Missing(_("这条指标不从台账取数。"))
    context = {
        "candidate": found,
        "indicator": indicator,
        "kinds": selectors.kinds_of(found.round),
        "page": page_by_key(request, deeds_behind(found, indicator), order=NEWEST_FIRST, size=30),
    }
    return render(request, "ratings/deeds.html", context)
