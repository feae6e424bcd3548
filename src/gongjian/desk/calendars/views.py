"""Somebody's subscriptions, and the file that their secret opens."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.calendars import services
from gongjian.kernel.calendars.events import ical_answer
from gongjian.kernel.calendars.models import Subscription
from gongjian.kernel.errors import DomainError
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest

PERMISSION = services.PERMISSION


@dataclass(frozen=True)
class Shown:
    """A subscription with the address to copy; `title` empty where the account may no longer see it."""

    subscription: Subscription
    title: Any
    url: str


@page(PERMISSION, methods=("GET", "HEAD"))
def own(request: OfficeRequest) -> HttpResponse:
    found = [_shown(request, one) for one in Subscription.objects.filter(account=request.user)]
    has_own = any(not one.subscription.code for one in found)
    return render(request, "desk/calendars.html", {"subscriptions": found, "has_own": has_own})


@page(PERMISSION, methods=("POST",))
def subscribe(request: OfficeRequest) -> HttpResponse:
    """`?code=` and `?about=` of the calendar; neither for one's own. Again: a new address, and the old one is void."""
    services.subscribe(request.user, code=request.GET.get("code", ""), about=request.GET.get("about", ""))
    messages.success(request, _("地址好了，复制到手机或邮箱的日历里订阅。"))
    return redirect("desk:calendars")


@page(PERMISSION, methods=("POST",))
def unsubscribe(request: OfficeRequest, pk: int) -> HttpResponse:
    services.unsubscribe(request.user, pk=pk)
    messages.success(request, _("取消了，原来的地址作废。"))
    return redirect("desk:calendars")


@page("calendars.read", methods=("GET", "HEAD"))
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    return ical_answer(services.read(secret), site=request.build_absolute_uri("/").rstrip("/"))


def _shown(request: OfficeRequest, subscription: Subscription) -> Shown:
    try:
        title = services.feed_of(request.user, subscription.code, subscription.about).title
    except DomainError:
        title = ""
    url = request.build_absolute_uri(reverse("desk:calendar_feed", args=[subscription.secret]))
    return Shown(subscription, title, url)
