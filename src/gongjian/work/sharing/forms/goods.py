"""Goods as they are written down."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.signatures import SignedForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account, Place
from gongjian.registry.selectors import organizations, places
from gongjian.work.sharing.forms.bookings import DayInput
from gongjian.work.sharing.models import Channel, Item, Stock
from gongjian.work.sharing.selectors.goods import kept_places, receiving_communities
from gongjian.work.sharing.services.counting import Counted
from gongjian.work.sharing.services.donating import Goods

_LINE = re.compile(r"(?P<name>.+?)[\s:：×x]*(?P<quantity>[-−]?\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s.]{1,10})")


class GoodsField(forms.CharField):
    """A line for each kind of goods: 电脑 10台."""

    widget = forms.Textarea(attrs={"rows": 4, "placeholder": _("电脑 10台")})

    def clean(self, value: Any) -> list[Goods]:
        return [self._goods(line.strip()) for line in super().clean(value).splitlines() if line.strip()]

    def _goods(self, line: str) -> Goods:
        found = _LINE.fullmatch(line)
        if found is None or len(found["name"]) > 60:
            sentence = _now("看不懂这一行：“%(line)s”。请写成“电脑 10台”这样，一行一样。")
            raise forms.ValidationError(sentence % {"line": line[:40]}, code="line")
        return Goods(found["name"].strip(), Decimal(found["quantity"].replace("−", "-")), found["unit"])


def _places(account: Account) -> Any:
    return Place.objects.filter(pk__in=[place.pk for place in kept_places(account)])


class DonationForm(ServiceForm):
    channel = forms.ChoiceField(
        label=_("走的什么渠道"),
        choices=[("", _("请选")), *Channel.choices],
        help_text=_("捐赠要走法律允许的渠道；不行的，提交时会说明为什么、该怎么办。"),
    )
    via = forms.CharField(label=_("代收或受赠单位"), max_length=120, required=False)
    document = forms.CharField(label=_("票据或文书号"), max_length=80, required=False)
    organization: Any = forms.ModelChoiceField(None, label=_("捐赠单位"), required=False, widget=LongSelect)
    arranged = forms.BooleanField(label=_("这个单位是牵线的，不是捐赠方"), required=False)
    donor = forms.CharField(
        label=_("捐赠人"), max_length=80, required=False, help_text=_("个人，或牵线来的捐赠方。不愿留名就空着。")
    )
    naming = forms.BooleanField(label=_("捐赠人同意公开名字"), required=False, help_text=_("不勾，公示里只露第一个字。"))
    goods = GoodsField(label=_("捐了什么"), help_text=_("一行一样：名称、数量、单位。"))
    purpose = forms.CharField(label=_("用途"), max_length=120)
    place: Any = forms.ModelChoiceField(None, label=_("收到哪里"), widget=LongSelect)
    received_on = forms.DateField(label=_("收到日期"), widget=DayInput())

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations()  # type: ignore[attr-defined]
        self.fields["place"].queryset = _places(account)  # type: ignore[attr-defined]


class StockField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An item in a place, with how much there is."""

    widget = LongSelect

    def label_from_instance(self, obj: Stock) -> str:
        return f"{obj.item} · {obj.place} · {obj.item.told(obj.quantity)}"


class AllocationForm(ServiceForm):
    stock: Any = StockField(None, label=_("拿什么"))
    quantity = forms.DecimalField(label=_("数量"), max_digits=14, decimal_places=2)
    community: Any = forms.ModelChoiceField(None, label=_("给哪个社区"))
    household = forms.CharField(
        label=_("给哪一户"),
        max_length=80,
        required=False,
        help_text=_("给社区用就空着。姓名住址加密保存，公示里只写几户。"),
    )
    purpose = forms.CharField(label=_("用途"), max_length=120)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Stock.objects.filter(quantity__gt=0, place__in=kept_places(account)).select_related("item", "place")
        self.fields["stock"].queryset = there.order_by("item__name", "place__path")  # type: ignore[attr-defined]
        self.fields["community"].queryset = receiving_communities()  # type: ignore[attr-defined]


class HandOverForm(SignedForm):
    receiver = forms.CharField(label=_("签收人"), max_length=40)

    field_order = ("receiver", "drawn", "photo")


class ReturnForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class WriteOffForm(ServiceForm):
    place: Any = forms.ModelChoiceField(None, label=_("存放地"))
    quantity = forms.DecimalField(label=_("数量"), max_digits=14, decimal_places=2)
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("会公示，比如“过期”“运输中摔坏”。"))

    def __init__(self, *args: Any, account: Account, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = _places(account).filter(  # type: ignore[attr-defined]
            pk__in=item.stocks.filter(quantity__gt=0).values("place")
        )


class MoveForm(WriteOffForm):
    reason = None  # type: ignore[assignment]
    to_place: Any = forms.ModelChoiceField(None, label=_("移到"), widget=LongSelect)
    field_order = ("place", "to_place", "quantity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_place"].queryset = places().filter(  # type: ignore[attr-defined]
            level__in=("subdistrict", "community", "compound")
        )


class PlaceForm(forms.Form):
    place: Any = forms.ModelChoiceField(None, label=_("在哪里盘"), widget=LongSelect)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Stock.objects.filter(quantity__gt=0).values("place")
        self.fields["place"].queryset = _places(account).filter(pk__in=there)  # type: ignore[attr-defined]


class CountForm(ServiceForm):
    """For each item what the books say, what was found, and why they differ."""

    def __init__(self, *args: Any, stocks: list[Stock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [stock.item for stock in stocks]
        for stock in stocks:
            pk, told = stock.item.pk, stock.item.told(stock.quantity)
            label = _now("%(item)s：账上 %(told)s，实有") % {"item": stock.item, "told": told}
            self.fields[f"expected_{pk}"] = forms.DecimalField(widget=forms.HiddenInput, initial=stock.quantity)
            self.fields[f"counted_{pk}"] = forms.DecimalField(
                label=label, max_digits=14, decimal_places=2, initial=None if stock.quantity else 0
            )
            self.fields[f"reason_{pk}"] = forms.CharField(label=_("对不上的话，差在哪里"), required=False, max_length=200)

    def lines(self, values: dict[str, Any]) -> list[Counted]:
        return [
            Counted(item, *(values[f"{name}_{item.pk}"] for name in ("expected", "counted", "reason"))) for item in self.items
        ]
