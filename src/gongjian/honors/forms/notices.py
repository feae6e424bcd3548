"""The public notice and the objections to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models import Candidate
from gongjian.kernel.web.forms import ServiceForm


class NoticeForm(ServiceForm):
    text = forms.CharField(
        label=_("公示正文"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("已按拟定名单写好，可以改字句。挂出去以后不能再改。"),
    )


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Candidates under the names that the notice shows."""

    def label_from_instance(self, obj: Candidate) -> str:
        return f"{obj.public_name}（{obj.category}）"


class ObjectionForm(ServiceForm):
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

    def __init__(self, data: Any = None, *, candidates: Any, **rest: Any) -> None:
        super().__init__(data, **rest)
        about = Named(candidates, label=_("对谁有异议"), required=False, empty_label=_("对整个公示"))
        self.fields = {"candidate": about, **self.fields}


class FindingForm(ServiceForm):
    well_founded = forms.TypedChoiceField(
        label=_("查下来"),
        choices=[("yes", _("属实：公示计时从收到那天起停，答复后接着算")), ("no", _("不属实"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(label=_("调查结果"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(ServiceForm):
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("提异议的人凭链接能看到这段话。"),
    )


class RemovalForm(ServiceForm):
    """Which of those on the notice is taken off it, and why."""

    reason = forms.CharField(label=_("取消的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, candidates: list[Candidate], **rest: Any) -> None:
        super().__init__(data, **rest)
        choices = [(candidate.pk, candidate.name) for candidate in candidates]
        who = forms.TypedChoiceField(label=_("取消谁"), choices=choices, coerce=int, widget=forms.RadioSelect)
        self.fields = {"candidate": who, **self.fields}
