"""What is written down about meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Organization
from gongjian.work.projects.forms.fields import LinesField, PhotosField, long_text
from gongjian.work.projects.forms.tasks import BecauseForm, TaskForm
from gongjian.work.projects.models import Meeting, Opinion, Project, Resolution
from gongjian.work.projects.selectors.people import candidates


class MeetingFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("全部")), *Meeting.Kind.choices], required=False)

    def asked(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["kind"] if self.is_valid() else ""}


class CallForm(ServiceForm):
    kind = forms.ChoiceField(label=_("什么会"), choices=Meeting.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("议题"), max_length=120)
    starts_at = forms.DateTimeField(
        label=_("什么时候"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    venue = forms.CharField(label=_("在哪里开"), max_length=80)
    names = LinesField(label=_("居民、代表"), required=False, help_text=_("一行一位，够认得出就行，如“3 单元 5 楼东户”。"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = Organization.objects.filter(pk__in=[one.organization_id for one in project.participants.all()])
        hosts = taking_part | Organization.objects.filter(kind=Organization.Kind.COMMITTEE)
        checks = forms.CheckboxSelectMultiple
        self.fields |= {
            "host": forms.ModelChoiceField(hosts.distinct(), label=_("谁召集"), help_text=_("开过以后，这场会记在它名下。")),
            "organizations": forms.ModelMultipleChoiceField(taking_part, label=_("请哪些单位"), required=False, widget=checks),
            "accounts": forms.ModelMultipleChoiceField(candidates(project), label=_("请哪些人"), required=False, widget=checks),
        }
        self.order_fields(["kind", "title", "host", "starts_at", "venue", "organizations", "accounts", "names"])


class HoldForm(ServiceForm):
    names = LinesField(label=_("还来了谁"), required=False, help_text=_("没在名单上的，一行一位。"))
    minutes = long_text(label=_("纪要"), max_length=5000, required=False, help_text=_("可以过后再写。"))
    statement = forms.CharField(
        label=_("事迹怎么写"), max_length=200, required=False, help_text=_("空着就用现成的一句；场次写 {数}。")
    )
    photos = PhotosField()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"] = forms.ModelMultipleChoiceField(
            meeting.attendees.all(), label=_("到会的"), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["came", "names"])


class MinutesForm(ServiceForm):
    minutes = long_text(label=_("纪要"), max_length=5000)


class OpinionForm(ServiceForm):
    floor = forms.IntegerField(label=_("几楼"), required=False, min_value=-9, max_value=200)
    stance = forms.ChoiceField(
        label=_("态度"), choices=Opinion.Stance.choices, widget=forms.RadioSelect, initial=Opinion.Stance.UNDECIDED
    )
    words = long_text(label=_("说了什么"), max_length=500)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendee"] = forms.ModelChoiceField(
            meeting.attendees.filter(came=True), label=_("谁说的"), required=False, empty_label=_("只写楼层")
        )
        self.order_fields(["attendee", "floor", "stance", "words"])


class ResolutionForm(ServiceForm):
    words = long_text(label=_("定了什么"), max_length=300)


class TurnForm(TaskForm):
    """A resolution's task: its words are there already, who and until when is asked."""

    def __init__(self, *args: Any, resolution: Resolution, **kwargs: Any) -> None:
        super().__init__(*args, project=resolution.meeting.project, **kwargs)
        self.fields["title"].initial = resolution.words[:120]
        if len(resolution.words) > 120:
            self.fields["details"].initial = resolution.words


__all__ = [
    "BecauseForm",
    "CallForm",
    "HoldForm",
    "MeetingFilterForm",
    "MinutesForm",
    "OpinionForm",
    "ResolutionForm",
    "TurnForm",
]
