"""The form by which somebody records a deed that no room produced, and the one that corrects it."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel import clock
from gongjian.kernel.errors import DomainError
from gongjian.kernel.quantities import Approximation
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.ledger.checks import check_beneficiary, check_dates, check_quantity, check_statement
from gongjian.ledger.forms.fields import CHOOSE, KindField, OrganizationField, PersonField
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors.reach import reach_of
from gongjian.registry.models import Account, Organization, Role

STATEMENT_HELP = gettext_lazy(
    "用一句话说清楚做了什么。数量和日期不用再写一遍：在句子里写 {数}，显示时换成上面的数量；写 {日}，换成日期。"
    "例如“{日}到卡点值守{数}”。"
)

DOERS = {"organization", "team", "person"}


class DeedForm(ServiceForm):
    """Choices are limited to what the account may use; what cannot be is refused before any file is stored."""

    organization = OrganizationField(
        label=gettext_lazy("哪个单位做的"),
        required=False,
        help_text=gettext_lazy("打几个字，从下面挑；全称、简称都行。个人自己做的就空着。"),
    )
    team = OrganizationField(label=gettext_lazy("哪支队伍"), required=False, help_text=gettext_lazy("没有队伍就空着。"))
    person = PersonField(
        label=gettext_lazy("哪个人"), required=False, help_text=gettext_lazy("记在某个人名下的才填：打姓名，从下面挑。")
    )
    kind = KindField(label=gettext_lazy("做的是哪一类事"))
    place: Any = forms.ModelChoiceField(None, label=gettext_lazy("在哪里"), empty_label=CHOOSE)
    precision = forms.ChoiceField(
        label=gettext_lazy("日子记得多清楚"),
        choices=[
            ("day", gettext_lazy("记得是哪一天")),
            ("month", gettext_lazy("只记得哪个月")),
            ("year", gettext_lazy("只记得哪一年")),
            ("range", gettext_lazy("做了好几天")),
        ],
        widget=forms.RadioSelect,
        initial="day",
    )
    occurred_from = forms.DateField(
        label=gettext_lazy("哪一天（或从哪一天起）"), help_text=gettext_lazy("只记得年月的，选那个月、那一年里任意一天。")
    )
    occurred_to = forms.DateField(label=gettext_lazy("到哪一天"), required=False, help_text=gettext_lazy("做了好几天的才填。"))
    quantity = forms.DecimalField(
        label=gettext_lazy("数量"), required=False, help_text=gettext_lazy("种类后面括号里写着计量单位；没有括号的不填数量。")
    )
    approximation = forms.ChoiceField(
        label=gettext_lazy("这个数"), choices=Approximation.choices, initial="exact", required=False
    )
    statement = forms.CharField(
        label=gettext_lazy("做了什么"), widget=forms.Textarea(attrs={"rows": 3}), help_text=STATEMENT_HELP
    )
    beneficiary = forms.CharField(
        label=gettext_lazy("谁受益"), required=False, help_text=gettext_lazy("例如“通信花园社区独居老人”。")
    )
    evidence = ManyFilesField(
        label=gettext_lazy("证据"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "照片、扫描件、PDF、Word、Excel，每个不超过 20 MB，一次最多 12 个。可以不传。没有提交成功的话，文件要重新选一次。"
        ),
    )
    public = forms.BooleanField(label=gettext_lazy("这条事迹可以公开"), required=False, initial=True)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["place"].queryset = reach_of(account).places()  # type: ignore[attr-defined]
        if not account.holds(Role.OFFICE_CLERK, Role.COMMUNITY_WORKER):
            own = Organization.objects.filter(pk__in=account.organization_ids())
            self.fields["organization"] = forms.ModelChoiceField(own, label=gettext_lazy("哪个单位做的"), empty_label=None)
            del self.fields["person"]
        else:
            self.fields["person"].account = account  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.keys() >= DOERS and not any(values[doer] for doer in DOERS):
            self.add_error("organization", _("请写明是哪个单位、队伍或个人做的。"))
        if values.get("occurred_from") and "precision" in values and "occurred_to" in values:
            first, last = _span(values["precision"], values["occurred_from"], values["occurred_to"])
            self._check(check_dates, first, last)
            values |= {"occurred_from": first, "occurred_to": last}
        if values.get("kind") and "quantity" in values:
            self._check(check_quantity, values["kind"], values["quantity"])
        if "statement" in values:
            self._check(check_statement, values["statement"])
        self._check(check_beneficiary, values.get("beneficiary", ""))
        values["approximation"] = values.get("approximation") or Approximation.EXACT
        return values

    def _check(self, check: Any, *values: Any) -> None:
        try:
            check(*values)
        except DomainError as error:
            self.add_error(error.field, str(error))


class CorrectionForm(DeedForm):
    """What is right, beginning with what was recorded, and why it has to be corrected."""

    reason = forms.CharField(
        label=gettext_lazy("为什么更正"),
        max_length=400,
        min_length=4,
        help_text=gettext_lazy("原因会和原来的记录一起公开。原来的记录不会消失，只是不再计数。"),
    )
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("person", None)  # a deed of somebody else is no correction of this one

    @staticmethod
    def beginning_with(deed: Deed) -> dict[str, Any]:
        return {
            "organization": deed.organization,
            "team": deed.team,
            "kind": deed.kind_id,
            "place": deed.place_id,
            "precision": deed.precision,
            "occurred_from": deed.occurred_from,
            "occurred_to": deed.occurred_to if deed.precision == Deed.Precision.RANGE else None,
            "quantity": deed.quantity,
            "approximation": deed.approximation,
            "statement": deed.statement,
            "beneficiary": deed.beneficiary,
            "public": deed.public,
        }


def _span(precision: str, first: date, last: date | None) -> tuple[date, date]:
    """The whole month or year as far as it has passed; a single day; or from day to day."""
    today = clock.today()
    if precision == Deed.Precision.MONTH:
        first = first.replace(day=1)
        end = first.replace(day=monthrange(first.year, first.month)[1])
        return first, max(first, min(end, today))
    if precision == Deed.Precision.YEAR:
        first = first.replace(month=1, day=1)
        return first, max(first, min(first.replace(month=12, day=31), today))
    if precision == Deed.Precision.RANGE:
        if last is None:
            raise forms.ValidationError({"occurred_to": _("做了好几天的，请写到哪一天为止。")})
        return first, last
    return first, first
