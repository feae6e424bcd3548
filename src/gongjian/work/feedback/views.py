from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.feedback import selectors, services
from gongjian.work.feedback.forms import AnswerForm, MessageForm


@page("feedback.send")
def new(request: OfficeRequest) -> HttpResponse:
    came_from = urlsplit(request.headers.get("Referer", "")).path
    form = MessageForm(request.POST or None, initial={"page": came_from})

    def send(values: dict[str, str]) -> str:
        message = services.send_message(
            request.user,
            office=request.office,
            address=client_address(request),
            **values,
        )
        return reverse("feedback:follow", args=[message.token])

    if request.method == "POST" and (url := form.submit(request, send)):
        return redirect(url)
    return show_form(request, "feedback/new.html", form)


@page("feedback.follow", methods=("GET", "HEAD"))
def follow(request: OfficeRequest, token: str) -> HttpResponse:
    found = selectors.follow(token)
    return render(request, "feedback/follow.html", {"message": found, "answer_by": selectors.answer_by(found)})


@page("feedback.read", methods=("GET", "HEAD"))
def inbox(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    return render(request, "feedback/inbox.html", {"page": paginate(request, selectors.inbox(state)), "state": state})


@page("feedback.read")
def message(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_message(pk)
    form = AnswerForm(request.POST or None)

    def answer(values: dict[str, str]) -> str:
        services.answer_message(request.user, message=found, **values)
        return reverse("feedback:inbox")

    if request.method == "POST" and (url := form.submit(request, answer)):
        messages.success(request, _("已答复。对方打开链接就能看到。"))
        return redirect(url)
    answers = may(request.user, "feedback.answer", found)
    return show_form(
        request,
        "feedback/message.html",
        form,
        message=found,
        contact=found.contact if answers else "",
        may_answer=answers and found.state == found.State.RECEIVED,
    )
