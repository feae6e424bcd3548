"""What organizers fill in: the activity, its shifts, its call."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.selectors import communities, organizations
from gongjian.work.volunteering.models import Activity, Availability, Call, Field, Skill

_TIMES = re.compile(r"^(\d{1,2})[:：](\d{2})\s*[-–—~至到]\s*(?:次日)?(\d{1,2})[:：](\d{2})$")


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


class ActivityForm(ServiceForm):
    title = forms.CharField(label=_("活动名称"), max_length=60)
    field = forms.ChoiceField(label=_("服务领域"), choices=Field.choices)
    place: Any = forms.ModelChoiceField(None, label=_("地点"))
    organization: Any = forms.ModelChoiceField(None, label=_("组织方"), widget=LongSelect)
    team: Any = forms.ModelChoiceField(None, label=_("承办队伍"), required=False, widget=LongSelect)
    content = forms.CharField(label=_("做什么"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    beneficiary = forms.CharField(label=_("服务对象"), max_length=120, required=False)
    responsible = forms.CharField(label=_("负责人"), max_length=40)
    contact = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    risks = forms.CharField(label=_("风险提示"), max_length=300, required=False, help_text=_("报名前就让人看到。"))
    dangerous = forms.BooleanField(label=_("有危险，未满 18 周岁不能参加"), required=False)
    insurance = forms.CharField(label=_("保险"), max_length=160, required=False, help_text=_("有危险的活动必须写明。"))
    least_age = forms.IntegerField(label=_("最小年龄"), min_value=0, max_value=80, initial=0)
    needs_approval = forms.BooleanField(label=_("报名须审核"), required=False)
    rounding = forms.TypedChoiceField(label=_("计时规则"), choices=Activity.Rounding.choices, coerce=int, initial=15)
    rest_hours = forms.IntegerField(label=_("两班之间至少休息几小时"), min_value=0, max_value=48, initial=8)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places, units = communities(), organizations()
        if not account.holds(Role.OFFICE_CLERK):
            own_places = [a.community_id for a in account.active_assignments if a.community_id]
            if own_places:
                places = places.filter(pk__in=own_places)
            else:
                units = units.filter(pk__in=account.organization_ids())
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["organization"].queryset = units.exclude(kind=Organization.Kind.TEAM)  # type: ignore[attr-defined]
        self.fields["team"].queryset = organizations(kind=Organization.Kind.TEAM)  # type: ignore[attr-defined]


class TimesField(forms.CharField):
    """One shift a line, `8:00-12:00`; cleans to pairs of times. An end at or before the beginning is on the next day."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[tuple[time, time]]:
        lines = [line.strip() for line in re.split(r"[\n,，;；]", super().clean(value) or "") if line.strip()]
        return [self._pair(line) for line in lines]

    def _pair(self, line: str) -> tuple[time, time]:
        match = _TIMES.match(line)
        try:
            numbers = [int(part) for part in match.groups()] if match else []
            begins, ends = time(numbers[0], numbers[1]), time(numbers[2] % 24, numbers[3])
        except (IndexError, ValueError) as error:
            raise forms.ValidationError(_("“%(line)s”看不懂，请写成 8:00-12:00。"), params={"line": line}) from error
        return begins, ends


class PatternForm(ServiceForm):
    first = day_field(_("从哪天"))
    last = day_field(_("到哪天"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("星期"),
        choices=Availability.Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选就是每天；“每周六”只选周六。"),
    )
    times = TimesField(label=_("上班时间"), initial="8:00-12:00", help_text=_("一行一班。过夜写成 20:00-4:00。"))
    posts = forms.CharField(
        label=_("岗位"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个，如“东门”“西门”；每个岗位各排一班。空：只有一个岗位。"),
    )
    least = forms.IntegerField(label=_("每班最少几人"), min_value=0, max_value=500, initial=1)
    most = forms.IntegerField(label=_("每班最多几人"), min_value=1, max_value=500, initial=2)
    skill: Any = forms.ModelChoiceField(None, label=_("每班要有人会"), required=False)
    skilled = forms.IntegerField(label=_("至少几人会"), min_value=1, max_value=500, initial=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = Skill.objects.all()  # type: ignore[attr-defined]


class ShiftForm(ServiceForm):
    begins = moment_field(_("开始"))
    ends = moment_field(_("结束"))
    least = forms.IntegerField(label=_("最少几人"), min_value=0, max_value=500)
    most = forms.IntegerField(label=_("最多几人"), min_value=1, max_value=500)


class CallForm(ServiceForm):
    title = forms.CharField(label=_("标题"), max_length=60)
    text = forms.CharField(label=_("正文"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    closes_at = moment_field(_("报名截止"))
    audience = forms.ChoiceField(label=_("面向"), choices=Call.Audience.choices)
    organization: Any = forms.ModelChoiceField(None, label=_("哪个单位"), required=False, widget=LongSelect)
    mode = forms.ChoiceField(label=_("怎么排班"), choices=Call.Mode.choices)
    places = forms.IntegerField(label=_("招募人数"), min_value=1, max_value=5000, required=False, help_text=_("空：不限。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations().exclude(kind=Organization.Kind.TEAM)  # type: ignore[attr-defined]


class RepeatForm(ServiceForm):
    first = day_field(_("第一班在哪天"))
    title = forms.CharField(label=_("活动名称"), max_length=60)
