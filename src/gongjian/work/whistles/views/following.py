"""The page behind the secret link: what happened, who has it, until when, and what one thinks of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, show_form
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.public import RatingForm, WithdrawForm
from gongjian.work.whistles.models import Rating, Whistle
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, WITH_LEAD, State
from gongjian.work.whistles.selectors.following import public_happenings, public_photo
from gongjian.work.whistles.selectors.reading import read_clocks
from gongjian.work.whistles.timeline import public_line
from gongjian.work.whistles.told import told_clocks
from gongjian.work.whistles.views.photos import send_photo
from gongjian.work.whistles.views.visitors import by_token, kept_private

RATABLE = (State.VERIFIED, State.RATED, State.CLOSED)
WITHDRAWABLE = (*BEFORE_DISPATCH, *WITH_LEAD, State.RETURNED)


@page("whistles.follow")
def follow(request: HttpRequest, token: str) -> HttpResponse:
    whistle = by_token(request, token)
    posted = request.POST if request.method == "POST" else None
    withdrawing = posted is not None and "reason" in posted
    rating, withdrawal = RatingForm(None if withdrawing else posted), WithdrawForm(posted if withdrawing else None)
    if posted is not None and (url := _act(request, whistle, withdrawal if withdrawing else rating)):
        return redirect(url)
    form = withdrawal if withdrawing else rating
    context = {"rating": rating, "withdrawal": withdrawal, **_told(whistle)}
    return kept_private(show_form(request, "whistles/public/follow.html", form, **context))


def _act(request: HttpRequest, whistle: Whistle, form: RatingForm | WithdrawForm) -> str | None:
    thanks = _("撤回了。") if isinstance(form, WithdrawForm) else _("谢谢您的评价，已经记下。")

    def act(values: dict[str, Any]) -> str:
        if isinstance(form, WithdrawForm):
            services.withdraw(request.user, whistle=whistle, by_reporter=True, **values)
        else:
            services.rate_by_link(request.user, whistle=whistle, **values)
        return reverse("whistles:follow", args=[whistle.token])

    url = form.submit(request, act)
    if url:
        messages.success(request, thanks)
    return url


def _told(whistle: Whistle) -> dict[str, Any]:
    """A merged whistle goes on in the other one: its state, lead and dates are what counts."""
    current = whistle.merged_into or whistle
    rated = whistle.ratings.filter(side=Rating.Side.RESIDENT, round=whistle.round).first()
    ratable = whistle.state in RATABLE
    return {
        "whistle": whistle,
        "current": current,
        "lines": [public_line(happening) for happening in public_happenings(whistle)],
        "clocks": told_clocks(read_clocks(current)) if current.is_open and not current.reported_at else [],
        "photos": list(whistle.photos.select_related("evidence").order_by("pk")),
        "rated": rated,
        "may_rate": ratable and rated is None,
        "may_withdraw": whistle.state in WITHDRAWABLE,
    }


@page("whistles.follow", methods=("GET", "HEAD"))
def photo(request: HttpRequest, token: str, photo: int) -> HttpResponseBase:
    """A photo of the whistle, to who holds its link."""
    found = public_photo(by_token(request, token), photo)
    return send_photo(request, found)
