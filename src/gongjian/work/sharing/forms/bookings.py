"""What somebody fills in to use a venue, and what its keeper fills in about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Organization
from gongjian.work.sharing.models import Venue


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class BookingForm(ServiceForm):
    day = forms.DateField(label=_("哪一天"), widget=DayInput())
    begins = forms.TimeField(label=_("从几点"), widget=ClockInput())
    ends = forms.TimeField(label=_("到几点"), widget=ClockInput(), help_text=_("用到半夜十二点，写 00:00。"))
    until = forms.DateField(
        label=_("每周都约，约到哪天"), widget=DayInput(), required=False, help_text=_("只约一次就空着。每一次都是单独的预约。")
    )
    title = forms.CharField(
        label=_("做什么用"), max_length=60, widget=forms.TextInput(attrs={"placeholder": _("例如：合唱队排练")})
    )
    people = forms.IntegerField(label=_("大约几个人"), min_value=1, max_value=10_000)
    name = forms.CharField(label=_("怎么称呼您"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("电话"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("只给管场地的人看，有变动时好找到您。加密保存，用过半年后自动删去，别的用途不用。"),
    )
    organization: Any = forms.ModelChoiceField(None, label=_("以哪个单位的名义"), required=False, empty_label=_("我自己用"))
    wait = forms.BooleanField(
        label=_("约不上就排队候补"), required=False, help_text=_("前面的人取消了，就自动轮到您；到时候在链接里看结果。")
    )

    skip = forms.BooleanField(label=_("有几次约不上的话，只约能约的"), required=False)

    def __init__(self, *args: Any, venue: Venue, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organization.objects.none()
        if may(account, "sharing.book_for_organization"):
            own = Organization.objects.filter(pk__in=account.organization_ids())
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        if not own:
            del self.fields["organization"]
        if account.is_authenticated:
            self.fields["name"].initial = account.name
        for name in ("begins", "ends"):
            self.fields[name].widget.attrs["step"] = venue.step * 60
        if venue.capacity:
            self.fields["people"].help_text = _("最多容纳 %(most)s 人。") % {"most": venue.capacity}


class ReasonForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("预约的人会看到。"))


class AttendanceForm(ServiceForm):
    visitors = forms.IntegerField(label=_("到场人次"), min_value=1, max_value=10_000)


class BookingFilter(forms.Form):
    venue = forms.ChoiceField(label=_("场地"), required=False)

    def __init__(self, *args: Any, venues: list[Venue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("全部场地")), *((str(venue.pk), str(venue)) for venue in venues)]
        self.fields["venue"].choices = choices  # type: ignore[attr-defined]
