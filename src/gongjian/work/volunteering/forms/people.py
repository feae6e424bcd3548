"""Volunteers and teams."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.selectors import organizations
from gongjian.work.volunteering.forms.organizing import TimesField, day_field, moment_field
from gongjian.work.volunteering.models import Availability, Field, Language, Skill, Volunteer


class VolunteerForm(ServiceForm):
    skills: Any = forms.ModelMultipleChoiceField(None, label=_("技能"), required=False, widget=forms.CheckboxSelectMultiple)
    new_skills = forms.CharField(
        label=_("别的技能"), max_length=100, required=False, help_text=_("用顿号隔开；以后大家都能选。")
    )
    languages = forms.MultipleChoiceField(
        label=_("语言"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    most_hours_a_week = forms.IntegerField(
        label=_("一周最多几小时"), min_value=1, max_value=168, required=False, help_text=_("空：不限。排班不会超过它。")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("哪几天有空"),
        choices=Availability.Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选就是哪天都行。"),
    )
    times = TimesField(label=_("什么时候有空"), required=False, help_text=_("一行一段，如 8:00-12:00。空：全天。"))
    away_first = day_field(_("不在：从哪天"), required=False)
    away_last = day_field(_("不在：到哪天"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].queryset = Skill.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("away_first")) != bool(values.get("away_last")):
            self.add_error("away_last", _("不在的日子要写从哪天到哪天。"))
        return values


def windows_of(values: dict[str, Any]) -> list[tuple[int, time, time]]:
    """Each chosen day with each span; nothing said means always."""
    days, spans = values["weekdays"], values["times"]
    if not days and not spans:
        return []
    whole = [(time(0), time(0))]
    return [(day, begins, ends) for day in days or range(1, 8) for begins, ends in spans or whole]


def described(found: Volunteer) -> dict[str, Any]:
    """What the form shows of what is known."""
    windows = list(found.availabilities.all())
    absence = found.absences.first()
    spans = dict.fromkeys(f"{one.begins:%-H:%M}-{one.ends:%-H:%M}" for one in windows)
    return {
        "skills": found.skills.all(),
        "languages": found.languages,
        "most_hours_a_week": found.most_hours_a_week,
        "weekdays": sorted({one.weekday for one in windows}),
        "times": "\n".join(spans),
        "away_first": absence.first if absence else None,
        "away_last": absence.last if absence else None,
    }


class TeamsForm(ServiceForm):
    parent: Any = forms.ModelChoiceField(None, label=_("在哪个单位、哪支队伍之下"), widget=LongSelect)
    names = forms.CharField(
        label=_("队伍名称"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一支。")
    )
    field = forms.ChoiceField(label=_("服务领域"), choices=Field.choices, initial=Field.COMMUNITY)
    purpose = forms.CharField(label=_("做什么"), max_length=300, required=False)
    founded = day_field(_("成立"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = organizations()  # type: ignore[attr-defined]


class VolunteerChoice(ServiceForm):
    """One volunteer out of those given, by name and number."""

    volunteer: Any = forms.ModelChoiceField(None, label=_("志愿者"), widget=LongSelect)

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["volunteer"]
        field.queryset = among
        field.label_from_instance = named


def named(volunteer: Volunteer) -> str:
    return f"{volunteer.person.name} {volunteer.number}"


class HoursForm(VolunteerChoice):
    came = moment_field(_("开始服务"))
    left = moment_field(_("结束服务"))
    note = forms.CharField(label=_("为什么补录"), max_length=200, help_text=_("怎么知道他在岗，谁看见的。"))


class TimesOfOneForm(ServiceForm):
    came = moment_field(_("开始服务"))
    left = moment_field(_("结束服务"))
    note = forms.CharField(label=_("为什么改"), max_length=200)


class ReasonForm(ServiceForm):
    reason = forms.CharField(label=_("理由"), max_length=200)
