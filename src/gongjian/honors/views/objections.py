"""Objections as the office handles them: investigate, find, answer, take somebody off the list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongjian.honors import links, selectors, services
from gongjian.honors.forms.notices import AnswerForm, FindingForm, RemovalForm
from gongjian.honors.views.acting import GET, account, act_page, posted
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page


@page("honors.read_objections", methods=GET)
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "honors/objection.html", {"objection": selectors.get_objection(pk)})


@page("honors.handle_objection")
def investigate(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_objection(pk)
    return _about(
        request,
        pk,
        ServiceForm(posted(request)),
        lambda values: services.investigate_objection(account(request), objection=found),
        title=_("开始调查"),
        submit=_("我来查"),
        done=_("记下了：由您调查。"),
    )


@page("honors.handle_objection")
def find(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_objection(pk)
    return _about(
        request,
        pk,
        FindingForm(posted(request)),
        lambda values: services.find_objection(account(request), objection=found, **values),
        title=_("写调查结果"),
        sub=found.text,
        submit=_("查清了"),
        done=_("调查结果记下了。接着答复。"),
    )


@page("honors.handle_objection")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_objection(pk)
    return _about(
        request,
        pk,
        AnswerForm(posted(request)),
        lambda values: services.answer_objection(account(request), objection=found, **values),
        title=_("答复异议"),
        sub=found.text,
        submit=_("答复"),
        done=_("已答复。对方打开链接就能看到。"),
    )


@page("honors.remove_candidate")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_objection(pk)
    chosen = {one.pk: one for one in selectors.shortlisted(found.notice.campaign)}
    return _about(
        request,
        pk,
        RemovalForm(posted(request), candidates=list(chosen.values()), initial={"candidate": found.candidate_id}),
        lambda values: services.remove_candidate(
            account(request), objection=found, candidate=chosen[values["candidate"]], reason=values["reason"]
        ),
        template="honors/danger.html",
        title=_("取消拟定对象"),
        sub=_("取消以后从公示名单里拿下，不再授予称号，不能恢复。"),
        submit=_("取消"),
        done=_("已从名单里取消。"),
    )


def _about(request: HttpRequest, pk: int, *form_and_act: Any, **words: Any) -> HttpResponse:
    return act_page(request, *form_and_act, back=links.objection_url(pk), **words)
