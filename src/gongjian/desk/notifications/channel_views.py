"""Setting channels: one's own, and those of organizations that one speaks or answers for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.desk.notifications.forms import ChangeChannelForm, ChannelForm, WhoseForm
from gongjian.kernel.notifications import selectors, services
from gongjian.kernel.notifications.models import Channel
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.selectors import get_organization

RECENT = 20
FOR_ORGANIZATION = "notifications.manage_of_organization"


@page("notifications.manage_own", methods=("GET", "HEAD"))
def own(request: OfficeRequest) -> HttpResponse:
    whose = WhoseForm(request.GET if "organization" in request.GET else None)
    if whose.is_valid():
        return redirect("desk:organization_channels", whose.cleaned_data["organization"].pk)
    context = {
        "channels": selectors.channels_of(request.user),
        "organizations": Organization.objects.filter(pk__in=request.user.organization_ids()),
        "whose": whose if request.user.holds(Role.OFFICE_CLERK) else None,
    }
    return render(request, "desk/notifications/channels.html", context)


@page(FOR_ORGANIZATION, methods=("GET", "HEAD"))
def of_organization(request: OfficeRequest, pk: int) -> HttpResponse:
    organization = get_organization(pk)
    require(request.user, FOR_ORGANIZATION, organization)
    context = {"channels": selectors.channels_of(organization), "organization": organization}
    return render(request, "desk/notifications/organization_channels.html", context)


@page("notifications.manage_own")
def add(request: OfficeRequest) -> HttpResponse:
    return _add(request, request.user, reverse("desk:channels"))


@page(FOR_ORGANIZATION)
def add_for_organization(request: OfficeRequest, pk: int) -> HttpResponse:
    organization = get_organization(pk)
    require(request.user, FOR_ORGANIZATION, organization)
    return _add(request, organization, reverse("desk:organization_channels", args=[pk]))


@page("notifications.manage_own")
def channel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Its settings, and what became of the latest notices."""
    found = selectors.get_channel(request.user, pk)
    form = ChangeChannelForm(request.POST or None, initial=ChangeChannelForm.values_of(found))

    def change(values: dict[str, Any]) -> str:
        services.change_channel(request.user, channel=found, **values)
        return reverse("desk:channel", args=[pk])

    if request.method == "POST" and (url := form.submit(request, change)):
        messages.success(request, _("存好了。"))
        return redirect(url)
    deliveries = selectors.recent_deliveries(found)[:RECENT]
    context = {"channel": found, "deliveries": deliveries, "list_url": _list_url(found)}
    return show_form(request, "desk/notifications/channel.html", form, **context)


@page("notifications.manage_own", methods=("POST",))
def test(request: OfficeRequest, pk: int) -> HttpResponse:
    services.send_test(request.user, channel=selectors.get_channel(request.user, pk))
    messages.success(request, _("测试通知已经上路，过一会儿刷新看结果。"))
    return redirect("desk:channel", pk)


@page("notifications.manage_own", methods=("POST",))
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_channel(request.user, pk)
    services.remove_channel(request.user, channel=found)
    messages.success(request, _("删掉了。"))
    return redirect(_list_url(found))


def _add(request: OfficeRequest, owner: Account | Organization, list_url: str) -> HttpResponse:
    form = ChannelForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        made = services.add_channel(request.user, owner=owner, **values)
        return reverse("desk:channel", args=[made.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("加好了，请发一条测试通知试试。"))
        return redirect(url)
    return show_form(request, "desk/notifications/add_channel.html", form, owner=owner, list_url=list_url)


def _list_url(channel: Channel) -> str:
    if channel.organization_id:
        return reverse("desk:organization_channels", args=[channel.organization_id])
    return reverse("desk:channels")
