"""Reviews, declared conflicts, and what other bodies answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models import BodyOpinion, Review
from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm

_RECUSAL = (("yes", _("我有关系，回避这一位的审核")), ("no", _("不必回避，我说明理由")))


class DeclarationForm(ServiceForm):
    recused = forms.TypedChoiceField(
        label=_("怎么办"), choices=_RECUSAL, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("什么关系、什么理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(ServiceForm):
    recommendation = forms.ChoiceField(label=_("您的意见"), choices=Review.Recommendation.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class OpinionForm(ServiceForm):
    answer = forms.ChoiceField(
        label=_("对方怎么说"),
        choices=[choice for choice in BodyOpinion.Answer.choices if choice[0] != BodyOpinion.Answer.WAITING],
        widget=forms.RadioSelect,
    )
    answered_on = forms.DateField(label=_("答复日期"), widget=forms.DateInput)
    document_number = forms.CharField(label=_("复函文号"), max_length=80, required=False)
    words = forms.CharField(
        label=_("答复内容"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不同意的，要写明原因。"),
    )

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields["answered_on"].initial = clock.today
