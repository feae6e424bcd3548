"""Months of visits on their way into the ledger."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.web.pages import page, paginate
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.selectors.places import get_place
from gongjian.work.care.selectors.crediting import credits_in, last_of_month, uncredited_months
from gongjian.work.care.selectors.desk import own_communities
from gongjian.work.care.services.crediting import credit_visits


@page("care.credit", methods=("GET", "HEAD"))
def credited(request: OfficeRequest) -> HttpResponse:
    own = own_communities(request.user)
    by_key = {place.pk: place for place in own}
    months = [(by_key[pk], month) for pk, month in uncredited_months(own)]
    return render(request, "care/credits.html", {"months": months, "page": paginate(request, credits_in(own), size=30)})


@page("care.credit", methods=("POST",))
def credit(request: OfficeRequest, community: int, year: int, month: int) -> HttpResponse:
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise Invalid(_("没有这个月份。"), code="month") from error
    credit_visits(request.user, community=get_place(community), first=first, last=last_of_month(first))
    messages.success(request, _("记进台账了。"))
    return redirect("care:credits")
