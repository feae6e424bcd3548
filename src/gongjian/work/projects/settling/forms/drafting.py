"""The sheet of a settlement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.selectors import organizations
from gongjian.work.projects.settling.forms.fields import AmountsField, DayField, MoneyField, MonthField
from gongjian.work.projects.settling.models import Charge, ReliefRule, Settlement
from gongjian.work.projects.settling.services import Facts


class SettlementForm(ServiceForm):
    organization: Any = forms.ModelChoiceField(None, label=_("产权单位"), widget=LongSelect)
    tenant = forms.CharField(label=_("商户"), max_length=80)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("个人没有的空着；填了会核对校验位。")
    )
    premises = forms.CharField(label=_("门面房"), max_length=80)
    area = forms.DecimalField(label=_("面积（平方米）"), max_digits=8, decimal_places=2, min_value=0, required=False)
    lease_from = DayField(label=_("租期从"))
    lease_to = DayField(label=_("租期到"))
    monthly_rent = MoneyField(label=_("月租金（元）"))
    paid_until = DayField(label=_("租金付到"), help_text=_("已付租金的最后一天；一天也没付的，写租期开始的前一天。"))
    vacated = DayField(label=_("腾退日"), help_text=_("用到哪一天，这一天还算租金。"))
    deposit = MoneyField(label=_("押金（元）"))
    relief: Any = forms.ModelChoiceField(None, label=_("租金减免办法"), required=False, empty_label=_("不减免"))
    relief_from = MonthField(label=_("从哪个月起减"), required=False)
    utilities = AmountsField(label=_("水电等"), required=False, help_text=_("一行一样，写名目和金额，比如：水费 120.50"))
    others = AmountsField(label=_("其他应扣"), required=False)
    earlier_arrears = MoneyField(label=_("以前的欠费（元）"), initial=0)
    remitted = forms.BooleanField(
        label=_("租金已缴国库"), required=False, help_text=_("缴过国库的租金按国库退付，和押金分开退。")
    )
    route = forms.ChoiceField(
        label=_("怎么腾退"),
        choices=Settlement.Route.choices,
        help_text=_("街道不作强制的决定；强制的只登记主管部门的文号。哪一种都不停水电气热。"),
    )

    def __init__(self, *args: Any, account: Account, settlement: Settlement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = organizations().exclude(kind=Organization.Kind.TEAM)
        if not account.holds(Role.OFFICE_CLERK, Role.COMMUNITY_WORKER):
            units = units.filter(pk__in=account.organization_ids())
        self.fields["organization"].queryset = units  # type: ignore[attr-defined]
        self.fields["relief"].queryset = ReliefRule.objects.all()  # type: ignore[attr-defined]
        if settlement is not None:
            del self.fields["organization"]

    def facts(self, values: dict[str, Any]) -> Facts:
        return Facts(**{name: value for name, value in values.items() if name != "organization"})


def written(settlement: Settlement) -> dict[str, Any]:
    """What stands in it, as the form shows it."""
    plain = [name for name in SettlementForm.base_fields if hasattr(settlement, name)]
    charges = {
        name: "\n".join(f"{one.name} {one.amount}" for one in settlement.charges.all() if one.part == part)
        for name, part in (("utilities", Charge.Part.UTILITIES), ("others", Charge.Part.OTHER))
    }
    return {name: getattr(settlement, name) for name in plain} | charges


class CancelForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=200)
