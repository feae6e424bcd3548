"""Monthly topics: proposed, decided, worked off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.forms.topics import DropForm, FinishForm, OpenForm, TaskDoneForm, TaskForm
from gongjian.work.whistles.models import Topic
from gongjian.work.whistles.selectors.topics import get_task, get_topic, topics
from gongjian.work.whistles.services import topics as services

Act = Callable[[dict[str, Any]], object]


@page("whistles.topics", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = topics().filter(state=state) if state in Topic.State.values else topics()
    context = {"page": paginate(request, found), "state": state, "states": Topic.State.choices}
    return render(request, "whistles/topics.html", context)


@page("whistles.manage_topics", methods=("POST",))
def propose(request: OfficeRequest) -> HttpResponse:
    proposed = services.propose_topics(request.user, month=clock.today())
    if proposed:
        messages.success(request, _("按热点建议了 %(count)s 个题目。") % {"count": len(proposed)})
    else:
        messages.info(request, _("没有新的热点可以立题。"))
    return redirect("whistles:topics")


@page("whistles.topics", methods=("GET", "HEAD"))
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    topic = get_topic(pk)
    context = {
        "topic": topic,
        "today": clock.today(),
        "may_manage": may(request.user, "whistles.manage_topics", topic),
        "may_finish": may(request.user, "whistles.finish_topic", topic),
        "all_done": bool(topic.task_count) and topic.done_count == topic.task_count,  # type: ignore[attr-defined]
        "drop_form": DropForm(),
    }
    return render(request, "whistles/topic.html", context)


@page("whistles.manage_topics")
def open_(request: OfficeRequest, pk: int) -> HttpResponse:
    topic = get_topic(pk)
    form = OpenForm(request.POST or None, initial={"title": topic.title})
    return _carry_out(request, topic, form, _("立题"), lambda v: services.open_topic(request.user, topic=topic, **v))


@page("whistles.manage_topics")
def drop(request: OfficeRequest, pk: int) -> HttpResponse:
    topic, form = get_topic(pk), DropForm(request.POST or None)
    return _carry_out(request, topic, form, _("不立题"), lambda v: services.drop_topic(request.user, topic=topic, **v))


@page("whistles.manage_topics")
def task(request: OfficeRequest, pk: int) -> HttpResponse:
    topic, form = get_topic(pk), TaskForm(request.POST or None)
    return _carry_out(request, topic, form, _("加一项任务"), lambda v: services.add_task(request.user, topic=topic, **v))


@page("whistles.manage_topics")
def finish_task(request: OfficeRequest, pk: int) -> HttpResponse:
    found, form = get_task(pk), TaskDoneForm(request.POST or None)
    title = _("办结任务：%(task)s") % {"task": found.text}
    return _carry_out(request, found.topic, form, title, lambda v: services.finish_task(request.user, task=found, **v))


@page("whistles.finish_topic")
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    topic, form = get_topic(pk), FinishForm(request.POST or None)
    return _carry_out(request, topic, form, _("专题办结"), lambda v: services.finish_topic(request.user, topic=topic, **v))


def _carry_out(request: OfficeRequest, topic: Topic, form: ServiceForm, title: str, act: Act) -> HttpResponse:
    back = reverse("whistles:topic", args=[topic.pk])

    def acted(values: dict[str, Any]) -> str:
        act(values)
        return back

    if request.method == "POST" and (url := form.submit(request, acted)):
        messages.success(request, _("办好了。"))
        return redirect(url)
    return show_form(request, "whistles/topic_form.html", form, title=title, topic=topic, back=back)
