from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.feedback.models import Message


class MessageForm(ServiceForm):
    kind = forms.ChoiceField(label=_("想说的是"), choices=Message.Kind.choices, widget=forms.RadioSelect, initial="suggestion")
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    contact = forms.CharField(
        label=_("怎么联系您"),
        max_length=60,
        required=False,
        help_text=_("可不填。只给答复您的人看，用来告诉您结果。"),
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class AnswerForm(ServiceForm):
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
