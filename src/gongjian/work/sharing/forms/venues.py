"""Sharing a venue and keeping its rules."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account
from gongjian.work.sharing.forms.bookings import DayInput
from gongjian.work.sharing.hours import Window
from gongjian.work.sharing.models import OpeningHours, Venue
from gongjian.work.sharing.models.venues import MIDNIGHT
from gongjian.work.sharing.selectors.venues import givable_places, givers

_STRETCH = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})")


class RulesForm(ServiceForm):
    """Everything of a venue that may change."""

    name = forms.CharField(label=_("名称"), max_length=60)
    purpose = forms.CharField(label=_("用途"), max_length=120)
    capacity = forms.IntegerField(label=_("最多容纳几人"), min_value=1, max_value=10_000, required=False)
    terms = forms.CharField(
        label=_("使用须知"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("安全谁负责、水电怎么算、用完怎么收拾。预约的人看得到。"),
    )
    bookable = forms.BooleanField(label=_("开放预约"), required=False, help_text=_("还在筹备、或暂停使用的，不勾。"))
    approval = forms.BooleanField(label=_("预约要经同意"), required=False)
    step = forms.IntegerField(label=_("起止以几分钟为一格"), min_value=5, max_value=120, initial=30)
    longest = forms.IntegerField(label=_("一次最长几分钟"), min_value=15, max_value=MIDNIGHT, initial=240)
    days_ahead = forms.IntegerField(label=_("最多提前几天约"), min_value=1, max_value=366, initial=30)

    @classmethod
    def of(cls, venue: Venue, data: Any) -> "RulesForm":
        return cls(data, initial={name: getattr(venue, name) for name in cls.base_fields if name != "submission"})


class VenueForm(RulesForm):
    place: Any = forms.ModelChoiceField(None, label=_("在哪里"), widget=LongSelect)
    organization: Any = forms.ModelChoiceField(None, label=_("提供单位"), widget=LongSelect)
    kind = forms.ChoiceField(label=_("类别"), choices=Venue.Kind.choices)
    area = forms.DecimalField(label=_("面积（平方米）"), max_digits=8, decimal_places=2, required=False)
    given_on = forms.DateField(label=_("哪天起共享"), widget=DayInput(), required=False, help_text=_("空着就是今天。"))
    statement = forms.CharField(
        label=_("台账里怎么说"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("空着就由系统写。写的话，面积的位置用“{数}”代替。"),
    )
    field_order = ("place", "organization", "kind", "name", "area", "purpose", "capacity", "given_on", "statement")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bookable"].initial = True
        self.fields["place"].queryset = givable_places(account)  # type: ignore[attr-defined]
        self.fields["organization"].queryset = givers(account)  # type: ignore[attr-defined]


class WindowsField(forms.CharField):
    """“9:00-12:00 14:00-18:00” → windows; empty is closed."""

    def clean(self, value: Any) -> list[Window]:
        text = super().clean(value)
        if _STRETCH.sub("", text).strip(" ,，、;；"):
            raise forms.ValidationError(_("写成“9:00-12:00 14:00-18:00”这样；不开放就空着。"), code="windows")
        return [self._window(*map(int, found)) for found in _STRETCH.findall(text)]

    def _window(self, hour: int, minute: int, last_hour: int, last_minute: int) -> Window:
        opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
        if minute > 59 or last_minute > 59 or closes > MIDNIGHT:
            raise forms.ValidationError(_("没有这样的时刻，请核对；最晚写到 24:00。"), code="clock")
        if closes <= opens:
            raise forms.ValidationError(_("关门要晚于开门。"), code="closes-before")
        return Window(opens, closes)


class HoursForm(ServiceForm):
    """A line for each day of the week."""

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in OpeningHours.Weekday.choices:
            told = " ".join(f"{Window(h.opens, h.closes)}" for h in venue.hours.all() if h.weekday == day)
            self.fields[f"day_{day}"] = WindowsField(label=name, required=False, initial=told, max_length=120)

    def week(self, values: dict[str, Any]) -> list[tuple[int, Window]]:
        return [(day, window) for day in OpeningHours.Weekday.values for window in values[f"day_{day}"]]


class ClosureForm(ServiceForm):
    first = forms.DateField(label=_("从哪天"), widget=DayInput())
    last = forms.DateField(label=_("到哪天（含）"), widget=DayInput())
    reason = forms.CharField(label=_("原因"), max_length=120, help_text=_("约好的人会看到。"))
