"""Times, wishes and companions, told by the volunteer behind their link."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.people import described, windows_of
from gongjian.work.volunteering.forms.wishes import PREFIX, WishesForm, numbers_in, wished
from gongjian.work.volunteering.models import Enrollment, Wish
from gongjian.work.volunteering.selectors.public import not_begun
from gongjian.work.volunteering.views.links import by_token, kept_private


@page("volunteering.join")
def wishes(request: OfficeRequest, token: str) -> HttpResponse:
    enrollment = by_token(request, token)
    form = WishesForm(request.POST or None, days=not_begun(enrollment.call.activity), initial=_told(enrollment))

    def act(values: dict[str, Any]) -> str:
        _tell(request, enrollment, values)
        return reverse("volunteering:my", args=[token])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了，排班时会照顾，不保证都能如愿。"))
        return redirect(url)
    return kept_private(show_form(request, "volunteering/public/wishes.html", form, enrollment=enrollment))


def _told(enrollment: Enrollment) -> dict[str, Any]:
    volunteer = enrollment.volunteer
    said = Wish.objects.filter(volunteer=volunteer, shift__activity=enrollment.call.activity)
    numbers = volunteer.companions.order_by("pk").values_list("companion__number", flat=True)
    return {
        **described(volunteer),
        "companions": "、".join(numbers),
        **{f"{PREFIX}{shift}": kind for shift, kind in said.values_list("shift", "kind")},
    }


@transaction.atomic
def _tell(request: OfficeRequest, enrollment: Enrollment, values: dict[str, Any]) -> None:
    volunteer = enrollment.volunteer
    details = {name: values[name] for name in ("skills", "languages", "most_hours_a_week") if name in values}
    services.set_companions(request.user, volunteer=volunteer, numbers=numbers_in(values["companions"]))
    services.describe_volunteer(request.user, volunteer=volunteer, **details)
    away = [(values["away_first"], values["away_last"])] if values["away_first"] else []
    services.set_times(request.user, volunteer=volunteer, windows=windows_of(values), away=away)
    prefer, avoid = (wished(values, kind) for kind in (Wish.Kind.PREFER, Wish.Kind.AVOID))
    services.say_wishes(request.user, volunteer=volunteer, activity=enrollment.call.activity, prefer=prefer, avoid=avoid)
