"""Diary and polls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.projects.forms.fields import LinesField, PhotosField, day_field, long_text
from gongjian.work.projects.models import Poll


class DiaryForm(ServiceForm):
    on = day_field(label=_("哪天"))
    words = long_text(label=_("做了什么"), max_length=1000)
    photos = PhotosField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class PollForm(ServiceForm):
    question = forms.CharField(label=_("问什么"), max_length=200)
    details = long_text(label=_("说明"), required=False)
    options = LinesField(label=_("怎么选"), help_text=_("一行一项，如“同意”“不同意”“看情况”。"))
    closes_on = day_field(label=_("最后一天"))
    anonymous = forms.BooleanField(
        label=_("不记名"), required=False, initial=True, help_text=_("不记名的只留一个核对用的码，看不出是哪一户。")
    )
    households = LinesField(
        label=_("哪些户"), max_length=200_000, required=False, help_text=_("一行一户，如“3-2-501”。写了，就只收这些户的。")
    )


class AnswerForm(ServiceForm):
    household = forms.CharField(label=_("哪一户"), max_length=40, help_text=_("照门牌写，如 3-2-501。"))
    reason = long_text(label=_("为什么"), max_length=300, required=False)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"] = forms.TypedChoiceField(
            label=_("您怎么选"), choices=list(enumerate(poll.options)), coerce=int, widget=forms.RadioSelect
        )
        if poll.anonymous:
            self.fields["household"].help_text = _("照门牌写，如 3-2-501。不记名：只用来核对一户一份，不留下来。")
        self.order_fields(["choice", "reason", "household"])
