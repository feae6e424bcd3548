"""What is filled in about a retrofit elevator."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.selectors import organizations, places
from gongjian.work.projects.elevators.models import CoefficientTable, Retrofit
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.forms.fields import DayField, MoneyField
from gongjian.work.projects.voting.models import Vote

_FACTOR = re.compile(r"(?P<floor>-?\d{1,3})\s*[F层楼]?\s*[:：，, ]\s*(?P<factor>\d{1,3}(?:\.\d{1,3})?)")


class FactorsField(forms.CharField):
    """3层 0.7, one a line; cleans to {floor: factor}."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> dict[int, Decimal]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        pairs = [self._pair(line) for line in lines]
        if len({floor for floor, _factor in pairs}) < len(pairs):
            raise forms.ValidationError(_now("同一层写了两次。"))
        return dict(pairs)

    def _pair(self, line: str) -> tuple[int, Decimal]:
        found = _FACTOR.fullmatch(line)
        if found is None:
            raise forms.ValidationError(_now("看不懂这一行：“%(line)s”。请写成“3层 0.7”这样。") % {"line": line[:40]})
        return int(found["floor"]), Decimal(found["factor"])


class RetrofitForm(ServiceForm):
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("比如：3号楼2单元电梯。"))
    place: Any = forms.ModelChoiceField(None, label=_("地方"), widget=LongSelect)
    organization: Any = forms.ModelChoiceField(None, label=_("牵头单位"), widget=LongSelect)

    def __init__(self, *args: Any, account: Account, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places(below=project.place)  # type: ignore[attr-defined]
        self.fields["place"].initial = project.place_id
        units = organizations().exclude(kind=Organization.Kind.TEAM)
        if not account.holds(Role.OFFICE_CLERK, Role.COMMUNITY_WORKER):
            units = units.filter(pk__in=account.organization_ids())
        self.fields["organization"].queryset = units  # type: ignore[attr-defined]


class CostsForm(ServiceForm):
    vote: Any = forms.ModelChoiceField(None, label=_("按哪次表决的名册"))
    table: Any = forms.ModelChoiceField(None, label=_("楼层系数表"), help_text=_("用哪一种由业主约定；没有约定的按面积。"))
    total = MoneyField(label=_("总造价（元）"))
    subsidies = MoneyField(label=_("补贴（元）"), initial=0)
    subsidy_basis = forms.CharField(label=_("补贴的依据"), max_length=120, required=False)

    def __init__(self, *args: Any, retrofit: Retrofit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        votes = Vote.objects.filter(project=retrofit.project_id).exclude(state=Vote.State.CANCELLED)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
        self.fields["table"].queryset = CoefficientTable.objects.all()  # type: ignore[attr-defined]


class AgreeForm(ServiceForm):
    agreed_on = DayField(label=_("协议签订日期"), initial=clock.today)
    copy = forms.FileField(label=_("签好的协议"))


class StepForm(ServiceForm):
    done_on = DayField(label=_("哪天办的"), initial=clock.today)
    note = forms.CharField(label=_("说明"), max_length=160, required=False)
    papers = ManyFilesField(label=_("材料和照片"), required=False)


class StopForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class TableForm(ServiceForm):
    name = forms.CharField(label=_("名称"), max_length=40)
    basis = forms.CharField(label=_("依据"), max_length=200)
    factors = FactorsField(label=_("楼层系数"), help_text=_("一行一层，比如：3层 0.7。不出钱的写 0。"))
