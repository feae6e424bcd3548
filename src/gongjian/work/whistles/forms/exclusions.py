"""Asking for an exclusion, and deciding on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.work.whistles.models import Exclusion


class ExclusionForm(ServiceForm):
    reason = forms.ChoiceField(label=_("理由"), choices=Exclusion.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("说明和依据"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("什么事实、依据哪条规定、附了什么材料。审的人只看这里和材料。"),
    )
    evidence = ManyFilesField(label=_("证明材料"), required=False, help_text=_("受理通知、判决书、现场照片等；不公开。"))


class DecisionForm(ServiceForm):
    agreed = forms.TypedChoiceField(
        label=_("意见"),
        choices=(("yes", _("同意剔除")), ("no", _("不同意"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
