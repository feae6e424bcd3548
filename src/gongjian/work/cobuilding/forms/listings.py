"""What is written down about a need or an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Account, Place
from gongjian.work.cobuilding.forms.fields import (
    CountedField,
    QuantityField,
    day_field,
    long_text,
    own_organization_field,
    place_field,
)
from gongjian.work.cobuilding.kinds import Condition, Kind, Weekday
from gongjian.work.cobuilding.models import Offer

_TIME = {"type": "time"}


class ListingForm(ServiceForm):
    """`where` is added by the two forms below; what is shown first is what everybody fills in."""

    title = forms.CharField(label=_("名称"), max_length=60)
    counted = CountedField()
    quantity = QuantityField(label=_("数量"))
    details = long_text(label=_("说明"), max_length=500, required=False)
    from_day = day_field(label=_("从哪天起"))
    until_day = day_field(label=_("到哪天止"), required=False, help_text=_("空着就是长期。"))
    weekdays: Any = forms.TypedMultipleChoiceField(
        label=_("周几"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选就是哪天都行。"),
    )
    hours_from = forms.TimeField(label=_("几点起"), required=False, widget=forms.TimeInput(attrs=_TIME, format="%H:%M"))
    hours_to = forms.TimeField(label=_("几点止"), required=False, widget=forms.TimeInput(attrs=_TIME, format="%H:%M"))
    conditions = forms.MultipleChoiceField(
        label=_("条件"), choices=Condition.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    at_least = QuantityField(label=_("一次至少"), required=False, help_text=_("比这还零碎就不值得跑一趟的，写在这里。"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_day"].initial = clock.today

    def facts(self, values: dict[str, Any]) -> dict[str, Any]:
        """The arguments of the service."""
        kind, unit = values.pop("counted")
        return {**values, "kind": kind, "unit": unit}


class NeedForm(ListingForm):
    farthest_meters = forms.IntegerField(
        label=_("最远多少米"), required=False, min_value=1, max_value=100_000, help_text=_("老人走得到的地方才算，就写个数。")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        self.fields["place"] = place_field(account)
        self.fields["conditions"].help_text = _("都要满足才行的，才勾。")
        self.order_fields(["title", "place"])


class OfferForm(ListingForm):
    reach = forms.ChoiceField(
        label=_("给谁用"), choices=Offer.Reach.choices, initial=Offer.Reach.OFFICE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, account: Account, fixed: bool = False, **kwargs: Any) -> None:
        """`fixed`: the organization is given and does not change."""
        super().__init__(*args, account=account, **kwargs)
        if not fixed:
            self.fields["organization"] = own_organization_field(account)
        everywhere = Place.objects.filter(level__in=[Place.Level.COMMUNITY, Place.Level.COMPOUND, Place.Level.STREET])
        self.fields["place"] = forms.ModelChoiceField(
            everywhere, label=_("在哪里"), required=False, help_text=_("送到哪里都行的，不用写。")
        )
        self.fields["conditions"].help_text = _("能做到的，勾上。")
        self.order_fields(["title", "organization", "counted", "quantity", "details", "place", "reach"])


class FilterForm(forms.Form):
    words = forms.CharField(label=_("找"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *Kind.choices])
