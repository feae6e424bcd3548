"""The forms of certificates, stars and corrections; their fields are the arguments of the services."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Attendance, Star, Volunteer
from gongjian.work.volunteering.selectors.certificates import issuers
from gongjian.work.volunteering.selectors.records import sums

DAY = {"type": "date"}
MOMENT = {"type": "datetime-local"}


class CertificateForm(ServiceForm):
    first = forms.DateField(label=_("从哪天"), widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label=_("到哪天"), widget=forms.DateInput(attrs=DAY))
    issuer: Any = forms.ModelChoiceField(
        None, label=_("出具单位"), help_text=_("居委会或志愿服务组织。街道只能写作下面的组织单位。")
    )
    organizer = forms.CharField(label=_("组织单位"), max_length=120, required=False)
    person_in_charge = forms.CharField(label=_("负责人"), max_length=40)
    handler = forms.CharField(label=_("经办人"), max_length=40)
    contact = forms.CharField(label=_("联系电话"), max_length=30)
    purpose = forms.CharField(label=_("用途"), max_length=120, required=False)
    published = forms.BooleanField(
        label=_("先公示 7 天再出具"), required=False, help_text=_("公示时姓名只显示姓；满 7 天没有成立的异议，自动出具。")
    )

    def __init__(self, *args: Any, account: Account, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers(account)  # type: ignore[attr-defined]
        found = sums(volunteer)
        self.fields["first"].initial, self.fields["last"].initial = found.first, found.last or clock.today()
        self.fields["organizer"].initial = volunteer.office.name


class ReasonForm(ServiceForm):
    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("原因会公开。")
    )


class VerifyForm(forms.Form):
    number = forms.CharField(label=_("证明编号"), max_length=43, help_text=_("印在证明右上角，照着填。"))


class CorrectionForm(ServiceForm):
    began = forms.DateTimeField(label=_("应为：开始"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    ended = forms.DateTimeField(label=_("应为：结束"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    reason = forms.CharField(label=_("哪里不对、怎么知道的"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["began"].initial = timezone.localtime(attendance.began)
        self.fields["ended"].initial = timezone.localtime(attendance.ended or attendance.shift.ends)


class AnswerForm(ServiceForm):
    granted = forms.TypedChoiceField(
        label=_("怎么处理"),
        choices=[("yes", _("同意，照申请更正")), ("no", _("不同意，记录不变"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("答复"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class StarsForm(ServiceForm):
    """Two fields for each star, made from the table."""

    def __init__(self, *args: Any, table: list[Star], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [star.stars for star in table]
        for star in table:
            self.fields[f"hours_{star.stars}"] = forms.IntegerField(
                label=_("%(n)s 星：服务满几小时") % {"n": star.stars}, min_value=1, max_value=100_000, initial=star.hours
            )
            self.fields[f"good_{star.stars}"] = forms.IntegerField(
                label=_("%(n)s 星：评为“好”的至少占百分之几") % {"n": star.stars},
                min_value=0,
                max_value=100,
                initial=star.good_percent,
            )

    def table(self, values: dict[str, Any]) -> list[tuple[int, int]]:
        return [(values[f"hours_{number}"], values[f"good_{number}"]) for number in self.numbers]
