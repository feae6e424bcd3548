"""Polls: opening, the poster, the count; and the page for whoever has the address."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.papers.typesetting import qr_drawing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.addresses import absolute
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects import services
from gongjian.work.projects.forms.polls import AnswerForm, PollForm
from gongjian.work.projects.models import Poll
from gongjian.work.projects.selectors.polls import counted, get_poll, poll_of
from gongjian.work.projects.views.acting import done, permitted, url_of


@page("projects.run")
def new_poll(request: OfficeRequest, pk: int) -> HttpResponse:
    project = permitted(request, pk, "projects.run")
    form = PollForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        return reverse("projects:poll", args=[services.open_poll(request.user, project=project, **values).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return done(request, _("可以打印出来贴到门口了。"), url)
    context = {"title": _("征求意见"), "about": str(project), "back": url_of(project)}
    return show_form(request, "projects/act.html", form, **context)


@page("projects.view", methods=("GET", "HEAD"))
def poll(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_poll(request.user, pk)
    address = absolute(request.office, _path(found))
    rows = counted(found, reasons=True)
    context = {
        "poll": found,
        "rows": rows,
        "count": sum(row.count for row in rows),
        "address": address,
        "picture": mark_safe(qr_drawing(address)),  # noqa: S308  drawn by ourselves from an address
        "may_run": may(request.user, "projects.run", found.project) and found.state == Poll.State.OPEN,
    }
    return render(request, "projects/polls/poll.html", context)


@page("projects.run", methods=("POST",))
def close_poll(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_poll(request.user, pk)
    services.close_poll(request.user, poll=found)
    return done(request, _("结束了，结果谁都可以看。"), reverse("projects:poll", args=[pk]))


@page("projects.answer")
def answer(request: OfficeRequest, slug: str) -> HttpResponse:
    found = poll_of(slug)
    form = AnswerForm(request.POST or None, poll=found)

    def act(values: dict[str, Any]) -> str:
        services.answer_poll(poll=found, **values)
        return f"{_path(found)}?thanks"

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("收到了，谢谢。"))
        return redirect(url)
    is_open = found.state == Poll.State.OPEN and found.closes_on >= clock.today()
    context = {
        "poll": found,
        "is_open": is_open and "thanks" not in request.GET,
        "rows": [] if is_open else counted(found, reasons=False),
    }
    return show_form(request, "projects/polls/answer.html", form, **context)


def _path(found: Poll) -> str:
    return reverse("projects:answer", args=[found.slug])
