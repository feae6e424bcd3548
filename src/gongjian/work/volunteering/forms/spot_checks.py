"""The forms of spot checks; their fields are the arguments of the services."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.volunteering.forms.records import DAY, MOMENT
from gongjian.work.volunteering.models import Attendance, SpotCheck, SpotCheckLine
from gongjian.work.volunteering.models.spot_checks import MOST


class DrawForm(ServiceForm):
    first = forms.DateField(label=_("从哪天"), widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label=_("到哪天"), widget=forms.DateInput(attrs=DAY))
    by = forms.ChoiceField(
        label=_("怎么抽"),
        choices=SpotCheck.By.choices,
        widget=forms.RadioSelect,
        initial=SpotCheck.By.RANDOM,
        help_text=_("分组的，每组按条数多少分摊，至少一条。"),
    )
    size = forms.IntegerField(label=_("抽几条"), min_value=1, max_value=MOST, initial=20)
    seed = forms.CharField(
        label=_("种子"),
        max_length=40,
        required=False,
        help_text=_("空着由系统产生。写一个大家都看得到、事先谁也定不了的数（如当天公布的开奖号码），更让人信服。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["first"].initial, self.fields["last"].initial = today - timedelta(days=30), today


class FindingForm(ServiceForm):
    result = forms.ChoiceField(label=_("结果"), choices=SpotCheckLine.Result.choices, widget=forms.RadioSelect)
    began = forms.DateTimeField(
        label=_("应为：开始"),
        required=False,
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("时间不对的才用改。"),
    )
    ended = forms.DateTimeField(
        label=_("应为：结束"), required=False, widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )
    words = forms.CharField(
        label=_("怎么查的、查到什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("比如：打电话问了本人和带班的，说法一致。"),
    )

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["began"].initial = timezone.localtime(attendance.began)
        self.fields["ended"].initial = timezone.localtime(attendance.ended or attendance.shift.ends)
