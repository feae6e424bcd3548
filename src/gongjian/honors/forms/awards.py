"""The decision, taking it back, and checking a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.honors.forms.campaigns import model_fields
from gongjian.honors.models import Decision
from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm


class DecisionForm(ServiceForm):
    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields |= model_fields(Decision, "document_number", "decided_on", "issued_by", "text")
        self.fields["decided_on"].initial = clock.today
        self.fields["issued_by"].required = False
        self.fields["text"].widget.attrs["rows"] = 10


class RevocationForm(ServiceForm):
    reason = forms.CharField(
        label=_("撤销的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("原因会公开。")
    )
    revoked_on = forms.DateField(label=_("撤销日期"), widget=forms.DateInput)
    document_number = forms.CharField(label=_("撤销文号"), max_length=80)

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields["revoked_on"].initial = clock.today


class VerifyForm(forms.Form):
    number = forms.CharField(label=_("证书编号"), max_length=60, help_text=_("印在证书下方，照着填。"))
