"""What strangers fill in on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.volunteering.models import Call
from gongjian.work.volunteering.selectors.public import Day
from gongjian.work.volunteering.services import Guardian
from gongjian.work.volunteering.services.checks import spoken

PIN_DIGITS = 6


class SignUpForm(ServiceForm):
    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        help_text=_("只用来认出是您、通知您，不公开。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    shift: Any = forms.ChoiceField(label=_("哪一班"), required=False, help_text=_("也可以报名后再选，还能多选几班。"))
    minor = forms.BooleanField(label=_("我未满 18 周岁"), required=False)
    born = forms.DateField(label=_("出生日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    guardian_name = forms.CharField(label=_("监护人姓名"), max_length=40, required=False)
    guardian_phone = forms.CharField(label=_("监护人电话"), max_length=20, required=False)
    guardian_consents = forms.BooleanField(label=_("监护人知道并且同意"), required=False)
    agreed = forms.BooleanField(label=_("我自愿参加，看过风险和计时的说明；想退随时能退"))

    def __init__(self, *args: Any, call: Call, days: list[Day], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call.mode == Call.Mode.ROSTER:
            del self.fields["shift"]
            return
        left = [(day.date, shift) for day in days for shift in day.shifts if shift.free > 0]
        self.fields["shift"].choices = [("", _("报名后再选"))] + [(shift.pk, _named(shift)) for _date, shift in left]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("minor") and not values.get("born"):
            self.add_error("born", _("未满 18 周岁，请填出生日期。"))
        return values

    @property
    def minor_fields(self) -> list[Any]:
        return [self[name] for name in ("born", "guardian_name", "guardian_phone", "guardian_consents")]


def guardian_of(values: dict[str, Any]) -> Guardian | None:
    if not values["minor"]:
        return None
    return Guardian(
        born=values["born"],
        name=values["guardian_name"],
        phone=values["guardian_phone"],
        consented=values["guardian_consents"],
    )


def _named(shift: Any) -> str:
    return " · ".join(filter(None, [spoken(shift), str(shift.post or ""), str(_("还差 %(n)d 人")) % {"n": shift.free}]))


class WhoForm(ServiceForm):
    """Who stands here, on a phone that nobody knows yet."""

    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    pin = forms.CharField(
        label=_("口令"),
        max_length=6,
        required=False,
        help_text=_("问现场的组织方，6 位数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    direction = forms.CharField(widget=forms.HiddenInput, required=False)


class KnownForm(ServiceForm):
    """The same on a phone that signed up: nothing to fill but the PIN, if one is asked."""

    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    pin = forms.CharField(
        label=_("口令"),
        max_length=6,
        required=False,
        help_text=_("问现场的组织方，6 位数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    direction = forms.CharField(widget=forms.HiddenInput, required=False)


class StampForm(forms.Form):
    """What the device page sends, now or when the network is back."""

    shift = forms.IntegerField()
    direction = forms.ChoiceField(choices=[("in", "in"), ("out", "out")])
    code = forms.CharField(required=False, max_length=20)
    pin = forms.CharField(required=False, max_length=6)
    happened_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ"])
    slip = forms.UUIDField(required=False)
    latitude = forms.DecimalField(required=False, max_digits=9, decimal_places=6, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, max_digits=9, decimal_places=6, min_value=-180, max_value=180)

    def clean(self) -> dict[str, Any]:
        """Six digits are a PIN, whichever field they were typed into."""
        values = super().clean() or {}
        if values.get("code", "").isdecimal() and len(values["code"]) == PIN_DIGITS:
            values["code"], values["pin"] = "", values["code"]
        return values
