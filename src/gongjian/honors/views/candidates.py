"""Nominating; a candidate's page; what can be done about one candidate."""

from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import links, selectors, services
from gongjian.honors.forms.candidates import CandidateForm, NominationForm, ReasonForm, VetoForm
from gongjian.honors.forms.reviewing import DeclarationForm, ReviewForm
from gongjian.honors.scoring import current_rule_set, deeds_behind
from gongjian.honors.scoring.explaining import cycle_deeds
from gongjian.honors.selectors import candidate_pages
from gongjian.honors.views.acting import GET, account, act_page, posted
from gongjian.kernel.web.pages import page, paginate


@page("honors.nominate")
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    return act_page(
        request,
        NominationForm(posted(request), account=account(request), campaign=campaign),
        lambda values: services.nominate(account(request), **values),
        title=_("提名"),
        sub=_("只填谁、评什么、凭什么。事迹不用再写，台账里都有。"),
        submit=_("提名"),
        back=reverse("honors:nomination", args=[slug]),
        onward=lambda candidate: links.candidate_url(candidate.pk),
        done=_("提名好了。接着由台账生成事迹材料。"),
    )


@page("honors.view_candidate", methods=GET)
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    deeds = paginate(request, cycle_deeds(found), size=10)
    return render(request, "honors/candidate.html", {"page": deeds, **candidate_pages.candidate_page(account(request), found)})


@page("honors.view_candidate", methods=GET)
def deeds(request: HttpRequest, pk: int) -> HttpResponse:
    """The deeds behind one line of the score."""
    found = selectors.get_candidate(account(request), pk)
    line = candidate_pages.score_line(account(request), found, request.GET.get("rule", ""))
    behind = paginate(request, deeds_behind(found, line.rule), size=20)
    return render(request, "honors/deeds.html", {"candidate": found, "line": line, "page": behind})


@page("honors.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return _about(
        request,
        pk,
        CandidateForm(posted(request), initial=model_to_dict(found)),
        lambda values: services.edit_candidate(account(request), candidate=found, **values),
        title=_("修改候选信息"),
        submit=_("保存"),
        done=_("改好了。"),
    )


@page("honors.nominate")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return _about(
        request,
        pk,
        ReasonForm(posted(request)),
        lambda values: services.withdraw(account(request), candidate=found, **values),
        template="honors/danger.html",
        title=_("撤回提名"),
        sub=_("“%(name)s”退出这次评选，原因留档；还可以重新提名。") % {"name": found.name},
        submit=_("撤回提名"),
        done=_("已撤回。"),
    )


@page("honors.review")
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return _about(
        request,
        pk,
        DeclarationForm(posted(request)),
        lambda values: services.declare_conflict(account(request), candidate=found, **values),
        title=_("申报利益关系"),
        sub=_("您和“%(name)s”有没有关系？申报一次，留档，不能再改。") % {"name": found.name},
        submit=_("申报"),
        done=_("已申报。"),
    )


@page("honors.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    level = candidate_pages.level_in_turn(found)
    return _about(
        request,
        pk,
        ReviewForm(posted(request)),
        lambda values: services.give_review(account(request), candidate=found, level=level, **values),
        title=_("%(level)s：%(name)s") % {"level": level, "name": found.name},
        sub=_("先看过事迹和提醒再写。意见留名、留档，不能再改。"),
        submit=_("给出意见"),
        done=_("意见记下了。"),
    )


@page("honors.veto")
def veto(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return _about(
        request,
        pk,
        VetoForm(posted(request), reasons=current_rule_set(found.campaign).veto_reasons),
        lambda values: services.set_veto(account(request), candidate=found, **values),
        template="honors/danger.html",
        title=_("一票否决"),
        sub=_("“%(name)s”不再参评，直到解除否决。") % {"name": found.name},
        submit=_("认定否决"),
        done=_("已认定。"),
    )


@page("honors.veto")
def lift_veto(request: HttpRequest, pk: int) -> HttpResponse:
    found = candidate_pages.get_veto(account(request), pk)
    return _about(
        request,
        found.candidate_id,
        ReasonForm(posted(request)),
        lambda values: services.lift_veto(account(request), veto=found, **values),
        title=_("解除否决"),
        sub=_("“%(reason)s”解除以后，候选对象重新参评。") % {"reason": found.reason},
        submit=_("解除"),
        done=_("已解除。"),
    )


def _about(request: HttpRequest, pk: int, *form_and_act: Any, **words: Any) -> HttpResponse:
    return act_page(request, *form_and_act, back=links.candidate_url(pk), **words)
