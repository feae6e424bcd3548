"""Objections, and stars that should fall."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ManyFilesInput, ServiceForm
from gongjian.work.ratings.models import Candidate


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Candidate) -> str:
        return str(obj)


class ObjectionForm(ServiceForm):
    candidate: Any = Named(None, label=_("对谁有异议"), required=False, empty_label=_("对整个公示"))
    text = forms.CharField(
        label=_("您有什么异议"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("说清是什么事、什么时候、怎么知道的，查起来快。"),
    )
    name = forms.CharField(label=_("您的姓名"), max_length=40, required=False, help_text=_("可不填，匿名一样受理。"))
    contact = forms.CharField(
        label=_("怎么联系您"),
        max_length=60,
        required=False,
        help_text=_("可不填。姓名和联系方式加密保存，只给查这件事的人看，用来核实和答复。"),
    )

    def __init__(self, *args: Any, candidates: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["candidate"].queryset = candidates  # type: ignore[attr-defined]


class FindingForm(ServiceForm):
    well_founded = forms.TypedChoiceField(
        label=_("查下来"),
        choices=[("yes", _("属实：公示计时从收到那天起停，答复后接着算")), ("no", _("不属实"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(label=_("调查结果"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(ServiceForm):
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class FallForm(ServiceForm):
    stars_to = forms.TypedChoiceField(label=_("降到几星"), coerce=int)
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("会公开。"))
    photos = ManyFilesField(
        label=_("照片（可以不拍）"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, stars: int, **rest: Any) -> None:
        super().__init__(*args, **rest)
        lower = [(number, "★" * number if number else _("无星")) for number in range(stars)]
        self.fields["stars_to"].choices = lower  # type: ignore[attr-defined]
