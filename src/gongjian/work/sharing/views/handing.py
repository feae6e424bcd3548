"""For who hands goods out and takes stock."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.forms.goods import AllocationForm, CountForm, HandOverForm, PlaceForm, ReturnForm
from gongjian.work.sharing.models import Allocation
from gongjian.work.sharing.selectors import goods as selectors
from gongjian.work.sharing.services import allocating
from gongjian.work.sharing.services.counting import take_stock


@page("sharing.see_goods", methods=("GET", "HEAD"))
def allocations(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = paginate(request, selectors.allocations(request.user, state), size=30)
    context = {"page": found, "state": state, "may_keep": may(request.user, "sharing.keep_goods")}
    return render(request, "sharing/goods/allocations.html", context)


@page("sharing.keep_goods")
def allocate(request: OfficeRequest) -> HttpResponse:
    form = AllocationForm(request.POST or None, account=request.user, initial={"stock": request.GET.get("stock", "")})

    def act(values: dict[str, Any]) -> str:
        stock = values.pop("stock")
        made = allocating.allocate(request.user, item=stock.item, place=stock.place, **values)
        return reverse("sharing:allocation", args=[made.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("分配好了。交到手里的时候，请对方签收。"))
        return redirect(url)
    return show_form(request, "sharing/goods/allocate.html", form)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def allocation(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, selectors.get_allocation(request.user, pk))


def _show(request: OfficeRequest, found: Allocation, **refused: Any) -> HttpResponse:
    signs = may(request.user, "sharing.hand_over", found)
    open_still = found.state == Allocation.State.ALLOCATED
    if signs and found.household:
        audit.record(request.user, "sharing.see_household", found)
    context = {
        "allocation": found,
        "signs": signs,
        "to_hand_over": signs and open_still,
        "to_return": open_still and may(request.user, "sharing.keep_goods", found.place),
        "hand_over_form": HandOverForm(),
        "return_form": ReturnForm(),
        **refused,
    }
    return render(request, "sharing/goods/allocation.html", context, status=422 if refused else 200)


@page("sharing.hand_over", methods=("POST",))
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_allocation(request.user, pk)
    form = HandOverForm(request.POST, request.FILES)

    def act(values: dict[str, Any]) -> str:
        allocating.hand_over(request.user, allocation=found, **values)
        return reverse("sharing:allocation", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("签收好了。"))
        return redirect(url)
    return _show(request, found, hand_over_form=form)


@page("sharing.keep_goods", methods=("POST",))
def return_goods(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_allocation(request.user, pk)
    form = ReturnForm(request.POST)

    def act(values: dict[str, Any]) -> str:
        allocating.return_goods(request.user, allocation=found, **values)
        return reverse("sharing:allocation", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("退回库里了。"))
        return redirect(url)
    return _show(request, found, return_form=form)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def counts(request: OfficeRequest) -> HttpResponse:
    keeps = may(request.user, "sharing.keep_goods")
    form = PlaceForm(account=request.user) if keeps else None
    return render(request, "sharing/goods/counts.html", {"page": paginate(request, selectors.counts()), "form": form})


@page("sharing.see_goods", methods=("GET", "HEAD"))
def count(request: OfficeRequest, pk: int) -> HttpResponse:
    return render(request, "sharing/goods/count.html", {"count": selectors.get_count(pk)})


@page("sharing.keep_goods")
def take(request: OfficeRequest) -> HttpResponse:
    """The sheet of `?place=`."""
    place = next((p for p in selectors.kept_places(request.user) if str(p.pk) == request.GET.get("place", "")), None)
    if place is None:
        raise Missing(_("请先选在哪里盘点。"))
    form = CountForm(request.POST or None, stocks=selectors.stock_in(place))

    def act(values: dict[str, Any]) -> str:
        return reverse("sharing:count_of", args=[take_stock(request.user, place=place, lines=form.lines(values)).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("盘好了，账跟着实数走。"))
        return redirect(url)
    return show_form(request, "sharing/goods/take.html", form, place=place)
