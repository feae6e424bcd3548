"""The meeting: who was there, how it voted, whom it chose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models import Candidate
from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm


class ShortlistForm(ServiceForm):
    """`chosen` is ticked in the ranking, which the template draws from `standing`; the rest is the meeting."""

    held_on = forms.DateField(label=_("会议日期"), widget=forms.DateInput)
    votes_for = forms.IntegerField(label=_("赞成"), min_value=0)
    votes_against = forms.IntegerField(label=_("反对"), min_value=0, initial=0)
    abstentions = forms.IntegerField(label=_("弃权"), min_value=0, initial=0)
    minutes = forms.CharField(
        label=_("会议记录"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("谁主持、议了什么、凭什么定。到会人数就是三种票数之和。"),
    )

    def __init__(self, data: Any = None, *, standing: list[Candidate], **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields["held_on"].initial = clock.today
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label=_("拟定对象"),
            coerce=int,
            choices=[(candidate.pk, candidate.name) for candidate in standing],
            error_messages={"required": _("请至少选一个。")},
        )

    def meeting(self) -> list[Any]:
        return [self[name] for name in ("held_on", "votes_for", "votes_against", "abstentions", "minutes")]

    def ticked(self) -> set[int]:
        return {int(value) for value in self["chosen"].value() or [] if str(value).isdigit()}
