"""Days, months, money, and amounts that are listed one a line."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from gongjian.work.projects.settling.lease import Amount

_AMOUNT = re.compile(r"(?P<name>.+?)[\s:：]*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*元?")
_STEP = re.compile(r"(?P<months>\d{1,3})\s*个?月?\s*[:：，, ]\s*(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%?")


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MonthField(forms.DateField):
    """Cleans to the month's first day."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    input_formats = ["%Y-%m", "%Y-%m-%d"]

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day.replace(day=1) if day else None


class MoneyField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, min_value=Decimal(0), **kwargs)


class AmountsField(forms.CharField):
    """水费 120.50, one a line; cleans to amounts."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Amount]:
        return [self._amount(line.strip()) for line in super().clean(value).splitlines() if line.strip()]

    def _amount(self, line: str) -> Amount:
        found = _AMOUNT.fullmatch(line)
        if found is None or len(found["name"]) > 40:
            raise forms.ValidationError(_("看不懂这一行：“%(line)s”。请写成“水费 120.50”这样。") % {"line": line[:40]})
        amount = Decimal(found["amount"].replace(",", ""))
        if amount != amount.quantize(Decimal("0.01")) or amount >= 10**9:
            raise forms.ValidationError(_("金额最多到分：%(amount)s。") % {"amount": amount})
        return Amount(found["name"], amount)


class StepsField(forms.CharField):
    """3个月 0%, one a line; cleans to (months, factor)."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[tuple[int, Decimal]]:
        return [self._step(line.strip()) for line in super().clean(value).splitlines() if line.strip()]

    def _step(self, line: str) -> tuple[int, Decimal]:
        found = _STEP.fullmatch(line)
        if found is None:
            raise forms.ValidationError(_("看不懂这一行：“%(line)s”。请写成“3个月 0%%”这样。") % {"line": line[:40]})
        return int(found["months"]), Decimal(found["percent"]) / 100
