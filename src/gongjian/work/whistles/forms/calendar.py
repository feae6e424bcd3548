from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm


class CorrectionForm(ServiceForm):
    day = forms.DateField(label=_("日期"), widget=forms.DateInput)
    working = forms.TypedChoiceField(
        label=_("这一天"),
        choices=(("yes", _("上班")), ("no", _("放假"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("依据"), max_length=200, help_text=_("例如放假安排通知的文号，或者本街道的通知。"))


class DropForm(ServiceForm):
    day = forms.DateField(widget=forms.HiddenInput)
