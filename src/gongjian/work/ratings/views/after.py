"""After the results are reviewed: the notice, objections, publication; stars falling between rounds."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.work.ratings.forms.public import AnswerForm, FallForm, FindingForm
from gongjian.work.ratings.forms.rounds import ReviewForm
from gongjian.work.ratings.models import Fall
from gongjian.work.ratings.selectors import public, standings
from gongjian.work.ratings.selectors.rounds import get_round
from gongjian.work.ratings.services import noticing, publishing
from gongjian.work.ratings.views.acting import GET, act_page, posted


@page("ratings.manage", methods=("POST",))
def give_notice(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = get_round(pk)
    return act_page(
        request,
        ServiceForm(request.POST),
        lambda values: noticing.give_notice(request.user, rated=rated),
        title=_("挂出公示"),
        submit=_("挂出公示"),
        back=reverse("ratings:round", args=[pk]),
        back_label=rated.title,
        done=_("公示挂出去了，从明天起数工作日。"),
    )


@page("ratings.manage", methods=("POST",))
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    rated = get_round(pk)
    return act_page(
        request,
        ServiceForm(request.POST),
        lambda values: publishing.publish(request.user, rated=rated),
        title=_("公布结果"),
        submit=_("公布结果"),
        back=reverse("ratings:round", args=[pk]),
        back_label=rated.title,
        done=_("公布了。星级记进了各家的事迹。"),
    )


@page("ratings.view", methods=GET)
def objection(request: OfficeRequest, pk: int) -> HttpResponse:
    context = {"objection": public.get_objection(pk), "may_manage": may(request.user, "ratings.manage")}
    return render(request, "ratings/objection.html", context)


@page("ratings.manage")
def find(request: OfficeRequest, pk: int) -> HttpResponse:
    found = public.get_objection(pk)
    return _about_objection(
        request,
        pk,
        FindingForm(posted(request)),
        lambda values: noticing.find_objection(request.user, objection=found, **values),
        title=_("写调查结果"),
        sub=found.text,
        submit=_("查清了"),
        done=_("调查结果记下了。接着答复。"),
    )


@page("ratings.manage")
def answer(request: OfficeRequest, pk: int) -> HttpResponse:
    found = public.get_objection(pk)
    return _about_objection(
        request,
        pk,
        AnswerForm(posted(request)),
        lambda values: noticing.answer_objection(request.user, objection=found, **values),
        title=_("答复异议"),
        sub=found.text,
        submit=_("答复"),
        done=_("已答复。对方打开链接就能看到。"),
    )


def _about_objection(request: OfficeRequest, pk: int, form: ServiceForm, act: Any, **words: Any) -> HttpResponse:
    back = reverse("ratings:objection", args=[pk])
    return act_page(request, form, act, back=back, back_label=_("异议"), **words)


@page("ratings.view", methods=GET)
def falls(request: OfficeRequest) -> HttpResponse:
    return render(request, "ratings/falls.html", {"page": paginate(request, standings.falls(), size=30)})


@page("ratings.propose_fall")
def propose(request: OfficeRequest, pk: int) -> HttpResponse:
    """About the stars of one standing."""
    standing = standings.get_standing(pk)
    require(request.user, "ratings.propose_fall", standing.subject)
    now = standings.stars_of(standing.scheme, standing.subject)

    def act(values: dict[str, Any]) -> Fall:
        return publishing.propose_fall(request.user, scheme=standing.scheme, subject=standing.subject, **values)

    return act_page(
        request,
        FallForm(posted(request), request.FILES or None, stars=now),
        act,
        title=_("提出降星：%(name)s") % {"name": standing.subject},
        sub=_("“%(scheme)s”，现在 %(stars)s。由别人复核以后才降。")
        % {"scheme": standing.scheme, "stars": "★" * now or _("无星")},
        submit=_("提出"),
        back=reverse("ratings:falls"),
        onward=lambda made: reverse("ratings:fall", args=[made.pk]),
        done=_("提出了，等别人复核。"),
    )


@page("ratings.view", methods=GET)
def fall(request: OfficeRequest, pk: int) -> HttpResponse:
    found = standings.get_fall(pk)
    waits = found.state == Fall.State.PROPOSED and found.proposed_by_id != request.user.pk
    context = {"fall": found, "may_decide": waits and may(request.user, "ratings.review")}
    return render(request, "ratings/fall.html", context)


@page("ratings.review")
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    found = standings.get_fall(pk)
    return act_page(
        request,
        ReviewForm(posted(request)),
        lambda values: publishing.decide_fall(request.user, fall=found, **values),
        title=str(found),
        sub=found.reason,
        submit=_("提交"),
        back=reverse("ratings:fall", args=[pk]),
        done=_("决定记下了。"),
    )
