"""The forms of rosters; their fields are the arguments of the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.volunteering.models import Activity, Roster


class ProposalForm(ServiceForm):
    first = forms.DateField(label=_("从哪天"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("到哪天"), widget=forms.DateInput(attrs={"type": "date"}))
    scope = forms.ChoiceField(
        label=_("怎么排"), choices=Roster.Scope.choices, widget=forms.RadioSelect, initial=Roster.Scope.WHOLE
    )
    rest_hours = forms.IntegerField(label=_("两班之间至少休息几小时"), min_value=0, max_value=48)
    hours_a_day = forms.IntegerField(label=_("一天最多几小时"), min_value=1, max_value=24, required=False, initial=8)
    hours_a_week = forms.IntegerField(
        label=_("一周最多几小时"),
        min_value=1,
        max_value=168,
        required=False,
        initial=24,
        help_text=_("空：不限。本人说过一周最多几小时的，按更少的算。"),
    )
    hours_in_all = forms.IntegerField(
        label=_("这几天一共最多几小时"), min_value=1, max_value=1000, required=False, help_text=_("空：不限。")
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rest_hours"].initial = activity.rest_hours


class SeatForm(ServiceForm):
    """Which volunteer; sent by a button."""

    volunteer = forms.IntegerField(widget=forms.HiddenInput)
