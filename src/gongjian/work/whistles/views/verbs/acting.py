"""One view for every act: find the thing, ask whether this account may, show the form, carry the service out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.models import Account
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.forms.verbs.base import ActForm
from gongjian.work.whistles.links import board_url, whistle_url
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.parts import get_dispatch, get_escalation, get_pause
from gongjian.work.whistles.selectors.reach import visible
from gongjian.work.whistles.selectors.reading import get_whistle


@dataclass(frozen=True)
class About:
    """What an act is about: the service's name for it, how it is found, and where its pages lie."""

    name: str
    find: Callable[[Account, int], Any]
    path: str = ""


WHISTLE = About("whistle", get_whistle)
DISPATCH = About("dispatch", get_dispatch, "dispatches/")
PAUSE = About("pause", get_pause, "pauses/")
ESCALATION = About("escalation", get_escalation, "escalations/")


@dataclass(frozen=True)
class Verb:
    """An act as a page. `permission` opens it; `or_permission` will do as well. `consequence` is named before it is done."""

    service: Callable[..., Any]
    about: About
    permission: str
    title: Any
    done: Any
    form: type[ActForm] = ActForm
    submit: Any = ""
    sub: Any = ""
    consequence: Any = ""
    or_permission: str = ""
    template: str = "whistles/verbs/act.html"

    def check(self, account: Account, thing: Any) -> None:
        """Raises NotAllowed."""
        asked = getattr(thing, "whistle", thing) if self.permission in OF_THE_WHISTLE else thing
        if not (self.or_permission and may(account, self.or_permission, asked)):
            require(account, self.permission, asked)


OF_THE_WHISTLE = ("whistles.dispatch", "whistles.supervise")
"""Asked about the whistle even where the act is about a part of it."""


def page_of(verb: Verb) -> Callable[..., HttpResponseBase]:
    @page(verb.permission)
    def view(request: OfficeRequest, pk: int) -> HttpResponse:
        return carry_out(request, verb, found(request, verb, pk))

    return view


def found(request: OfficeRequest, verb: Verb, pk: int) -> Any:
    thing = verb.about.find(request.user, pk)
    verb.check(request.user, thing)
    return thing


def carry_out(request: OfficeRequest, verb: Verb, thing: Any) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = verb.form(*sent, account=request.user, thing=thing)

    def act(values: dict[str, Any]) -> str:
        verb.service(request.user, **{verb.about.name: thing}, **values)
        return onward(request.user, whistle_of(thing))

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, str(verb.done))
        return redirect(url)
    return show(request, verb, thing, form)


def onward(account: Account, whistle: Whistle) -> str:
    """Back to the whistle, or to the board where the act has taken it out of the account's sight."""
    return whistle_url(whistle.pk) if visible(account).filter(pk=whistle.pk).exists() else board_url()


def show(request: OfficeRequest, verb: Verb, thing: Any, form: ActForm) -> HttpResponse:
    whistle = whistle_of(thing)
    context = {"verb": verb, "thing": thing, "whistle": whistle, "back": whistle_url(whistle.pk)}
    return show_form(request, verb.template, form, **context)


def whistle_of(thing: Any) -> Whistle:
    return thing if isinstance(thing, Whistle) else thing.whistle
