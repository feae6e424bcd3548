"""Rounds: the list, one with its table, and the steps of the clerk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.work.ratings import exporting
from gongjian.work.ratings.forms.rounds import EnrollForm, ReasonForm, RoundForm
from gongjian.work.ratings.models import Round
from gongjian.work.ratings.selectors import public
from gongjian.work.ratings.selectors import rounds as selectors
from gongjian.work.ratings.selectors.schemes import get_scheme
from gongjian.work.ratings.services import results, rounds
from gongjian.work.ratings.views.acting import GET, act_page, posted

STEPS = ("enrolling", "assessing", "review", "notice", "published")


@page("ratings.view", methods=GET)
def list_rounds(request: OfficeRequest) -> HttpResponse:
    context = {"page": paginate(request, selectors.rounds(), size=30), "may_manage": may(request.user, "ratings.manage")}
    return render(request, "ratings/rounds.html", context)


@page("ratings.view", methods=GET)
def one(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    table = selectors.table(rated)
    objections = list(public.objections(rated)) if rated.run else []
    context = {
        "round": rated,
        "scheme": rated.scheme,
        "rows": table,
        "steps": _steps(rated),
        "unchecked": sum(len(row.sheet.score.missing) for row in table),
        "unreviewed": sum(1 for row in table if row.result and row.review is None),
        "doubted": [row for row in table if row.review and not row.review.agreed],
        "may_manage": may(request.user, "ratings.manage"),
        "may_review": may(request.user, "ratings.review"),
        "hung": public.notice_of(rated) if rated.state == Round.State.NOTICE else None,
        "objections": objections,
        "open_objections": any(not one.answer for one in objections),
    }
    return render(request, "ratings/round.html", context)


def _steps(rated: Round) -> list[tuple[str, str]]:
    """Label and state of each step."""
    here = len(STEPS) if rated.state == Round.State.PUBLISHED else STEPS.index(rated.state) if rated.state in STEPS else -1
    kinds = ("done" if number < here else "current" if number == here else "todo" for number in range(len(STEPS)))
    return [(str(Round.State(step).label), kind) for step, kind in zip(STEPS, kinds, strict=True)]


@page("ratings.manage")
def open_round(request: OfficeRequest, pk: int) -> HttpResponse:
    scheme = get_scheme(pk)
    return act_page(
        request,
        RoundForm(posted(request)),
        lambda values: rounds.open_round(request.user, scheme=scheme, **values),
        title=_("开新一轮"),
        sub=_("用办法现在这一版；开了以后这一版不再改。"),
        submit=_("开始报名"),
        back=reverse("ratings:scheme", args=[pk]),
        onward=lambda made: reverse("ratings:round", args=[made.pk]),
        done=_("开好了。接着报名：谁参评。"),
    )


@page("ratings.manage")
def enroll(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        EnrollForm(posted(request), rated=rated),
        lambda values: rounds.enroll(request.user, rated=rated, subjects=list(values["subjects"])),
        title=_("报名参评"),
        submit=_("报名"),
        done=_("报上了。"),
    )


@page("ratings.manage")
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    candidate = selectors.get_candidate(pk)
    return _step(
        request,
        candidate.round,
        ReasonForm(posted(request)),
        lambda values: rounds.withdraw(request.user, candidate=candidate, **values),
        title=_("退出参评：%(name)s") % {"name": candidate},
        submit=_("退出"),
        done=_("退出了。查过的记录还在。"),
    )


@page("ratings.manage", methods=("POST",))
def start(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        ServiceForm(request.POST),
        lambda values: rounds.start_assessing(request.user, rated=rated),
        title=_("开始核查"),
        submit=_("开始核查"),
        done=_("可以到现场查了，在手机上就能填。"),
    )


@page("ratings.manage", methods=("POST",))
def compute(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        ServiceForm(request.POST),
        lambda values: results.compute_results(request.user, rated=rated),
        title=_("算出结果"),
        submit=_("算出结果"),
        done=_("算好了。请没有查过的人复核。"),
    )


@page("ratings.review", methods=("POST",))
def review_all(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        ServiceForm(request.POST),
        lambda values: results.review_all(request.user, rated=rated),
        title=_("其余都同意"),
        submit=_("其余都同意"),
        done=_("您能复核的都同意了。"),
    )


@page("ratings.send_back")
def send_back(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        ReasonForm(posted(request)),
        lambda values: results.send_back(request.user, rated=rated, **values),
        title=_("退回重查"),
        sub=_("这次算的留档；改过以后要重新算、重新复核、重新公示。"),
        submit=_("退回"),
        done=_("退回了，可以重新查。"),
    )


@page("ratings.manage")
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = selectors.get_round(pk)
    return _step(
        request,
        rated,
        ReasonForm(posted(request)),
        lambda values: rounds.stop_round(request.user, rated=rated, **values),
        title=_("中止这一轮"),
        sub=_("谁也不得星、不掉星。不能恢复。"),
        submit=_("中止"),
        done=_("中止了。"),
    )


@page("ratings.view", methods=GET)
def excel(request: OfficeRequest, pk: int) -> HttpResponse:
    return exporting.as_excel(selectors.get_round(pk))


def _step(request: OfficeRequest, rated: Round, form: ServiceForm, act: Any, **words: Any) -> HttpResponse:
    back = reverse("ratings:round", args=[rated.pk])
    return act_page(request, form, act, back=back, back_label=rated.title, **words)
