"""For who keeps goods: donations, stock, allocation, stock-taking."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.sharing.forms.goods import DonationForm, MoveForm, WriteOffForm
from gongjian.work.sharing.papers import receipt_pdf
from gongjian.work.sharing.selectors import goods as selectors
from gongjian.work.sharing.services import allocating, donating


@page("sharing.see_goods", methods=("GET", "HEAD"))
def stock(request: OfficeRequest) -> HttpResponse:
    context = {"items": selectors.items(), "may_keep": may(request.user, "sharing.keep_goods")}
    return render(request, "sharing/goods/stock.html", context)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def export_stock(request: OfficeRequest) -> HttpResponse:
    head = [_("物资"), _("单位"), _("收到"), _("在库"), _("分配"), _("核销"), _("存放地")]
    rows = ([o.name, o.unit, o.received, o.in_stock, o.allocated, o.written_off, _where(o)] for o in selectors.items())
    return spreadsheet(_("物资库存"), head, rows)


def _where(item: Any) -> str:
    return "；".join(f"{stock.place} {item.told(stock.quantity)}" for stock in item.there)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def item(request: OfficeRequest, pk: int) -> HttpResponse:
    return _item(request, pk)


def _item(request: OfficeRequest, pk: int, **refused: Any) -> HttpResponse:
    found = selectors.get_item(pk)
    keeps = may(request.user, "sharing.keep_goods")
    context = {
        "item": found,
        "page": paginate(request, selectors.movements(found), size=50),
        "keeps": keeps,
        "write_off_form": WriteOffForm(account=request.user, item=found) if keeps else None,
        "move_form": MoveForm(account=request.user, item=found) if keeps else None,
        **refused,
    }
    return render(request, "sharing/goods/item.html", context, status=422 if refused else 200)


@page("sharing.keep_goods", methods=("POST",))
def write_off(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_item(pk)
    form = WriteOffForm(request.POST, account=request.user, item=found)

    def act(values: dict[str, Any]) -> str:
        allocating.write_off(request.user, item=found, **values)
        return reverse("sharing:item", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("核销了，原因会公示。"))
        return redirect(url)
    return _item(request, pk, write_off_form=form)


@page("sharing.keep_goods", methods=("POST",))
def move(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_item(pk)
    form = MoveForm(request.POST, account=request.user, item=found)

    def act(values: dict[str, Any]) -> str:
        allocating.move_stock(request.user, item=found, **values)
        return reverse("sharing:item", args=[pk])

    if url := form.submit(request, act):
        messages.success(request, _("移过去了。"))
        return redirect(url)
    return _item(request, pk, move_form=form)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def donations(request: OfficeRequest) -> HttpResponse:
    found = paginate(request, selectors.donations(), size=30)
    may_keep = may(request.user, "sharing.keep_goods")
    return render(request, "sharing/goods/donations.html", {"page": found, "may_keep": may_keep})


@page("sharing.see_goods", methods=("GET", "HEAD"))
def export_donations(request: OfficeRequest) -> HttpResponse:
    head = [_("收据号"), _("收到日期"), _("捐赠人"), _("渠道"), _("代收或受赠单位"), _("票据或文书号"), _("物资"), _("用途")]
    rows = (
        [d.number, d.received_on, d.donor_told, d.get_channel_display(), d.via, d.document, _told(d), d.purpose]
        for d in selectors.donations()
    )
    return spreadsheet(_("捐赠台账"), head, rows)


def _told(donation: Any) -> str:
    return "、".join(str(line) for line in donation.lines.all())


@page("sharing.keep_goods")
def receive(request: OfficeRequest) -> HttpResponse:
    form = DonationForm(request.POST or None, account=request.user, initial={"received_on": clock.today()})

    def act(values: dict[str, Any]) -> str:
        donation = donating.receive_donation(request.user, gift=donating.Gift(**values))
        return reverse("sharing:donation", args=[donation.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("收下了：入了库，记了台账，收据可以打印。"))
        return redirect(url)
    return show_form(request, "sharing/goods/receive.html", form)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def donation(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_donation(pk)
    context = {"donation": found, "gone": selectors.gone([line.item for line in found.lines.all()])}
    return render(request, "sharing/goods/donation.html", context)


@page("sharing.see_goods", methods=("GET", "HEAD"))
def receipt(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_donation(pk)
    answer = HttpResponse(receipt_pdf(found, link=receipt_link(request, found)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="receipt-{found.number}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def receipt_link(request: HttpRequest, found: Any) -> str:
    return request.build_absolute_uri(reverse("sharing:receipt", args=[found.number]))
