"""Where a scanned code leads: check in, check out. The changing code is in the link; the printed code asks for the PIN."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.web.addresses import client_address
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.public import KnownForm, WhoForm
from gongjian.work.volunteering.models import Attendance, Shift, Volunteer
from gongjian.work.volunteering.selectors.public import shift_now
from gongjian.work.volunteering.views.links import kept_private, known_volunteer, remember
from gongjian.work.volunteering.views.mine import stamp_in_or_out, told


@page("volunteering.join")
def scan(request: OfficeRequest, pk: int) -> HttpResponse:
    """The changing code, scanned from the organizer's phone."""
    shift = Shift.objects.select_related("activity__place", "post").filter(pk=pk, cancelled_at=None).first()
    if shift is None:
        raise Missing(_("没有这一班，或者已经取消。"))
    return _stand(request, shift, reverse("volunteering:scan", args=[pk]), code=request.GET.get("c", ""))


@page("volunteering.join")
def at_post(request: OfficeRequest, pk: int) -> HttpResponse:
    """The code printed at a post: whichever shift goes on there now."""
    return _stand(request, shift_now(pk), reverse("volunteering:at_post", args=[pk]), code="")


def _stand(request: OfficeRequest, shift: Shift, here: str, *, code: str) -> HttpResponse:
    volunteer = known_volunteer(request)
    kind = KnownForm if volunteer else WhoForm
    posted = request.POST if request.method == "POST" else None
    form = kind(posted) if posted else kind(initial={"code": code})
    if code or (posted and posted.get("code")):
        del form.fields["pin"]
    if posted:
        if "pin" in form.fields:
            services.spend_try(volunteer.pk if volunteer else client_address(request))
        if url := form.submit(request, lambda values: _act(request, shift, volunteer, values, here)):
            return redirect(url)
    attendance = _of(shift, volunteer)
    context = {"shift": shift, "volunteer": volunteer, "attendance": attendance}
    return kept_private(show_form(request, "volunteering/public/scan.html", form, **context))


def _act(request: OfficeRequest, shift: Shift, volunteer: Volunteer | None, values: dict[str, Any], here: str) -> str:
    if volunteer is None:
        introduction = services.Introduction(name=values.pop("name"), phone=values.pop("phone"))
        volunteer = services.take_in_volunteer(request.user, office=request.office, introduction=introduction)
    attendance = stamp_in_or_out(request, volunteer, values | {"shift": shift.pk})
    remember(request, volunteer)
    messages.success(request, told(attendance))
    return here


def _of(shift: Shift, volunteer: Volunteer | None) -> Attendance | None:
    if volunteer is None:
        return None
    mine = shift.attendances.filter(volunteer=volunteer).exclude(state=Attendance.State.REFUSED)
    return mine.order_by("-began").first()
