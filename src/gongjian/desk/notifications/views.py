"""The inbox."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.kernel.notifications import selectors, services
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest


@page("notifications.read", methods=("GET", "HEAD"))
def inbox(request: OfficeRequest) -> HttpResponse:
    waiting = request.GET.get("state") == "unread"
    found = selectors.inbox(request.user)
    shown = found.filter(read_at__isnull=True) if waiting else found
    return render(request, "desk/notifications/inbox.html", {"page": paginate(request, shown), "only_unread": waiting})


@page("notifications.read", methods=("GET", "HEAD"))
def notice(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Opening it is reading it."""
    found = selectors.get_notice(request.user, pk)
    services.mark_read(request.user, notice=found)
    context = {"notice": found, "deliveries": found.deliveries.order_by("pk")}
    return render(request, "desk/notifications/notice.html", context)


@page("notifications.read", methods=("POST",))
def read_all(request: OfficeRequest) -> HttpResponse:
    services.mark_all_read(request.user)
    messages.success(request, _("都标成看过了。"))
    return redirect("desk:notifications")
