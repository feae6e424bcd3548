"""What somebody fills in about a pairing or a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import OrganizationField, PersonField
from gongjian.registry.models import Account
from gongjian.work.care.models import Cadence, Pairing, Risk, Visit
from gongjian.work.care.services.visiting import likely_doer


class PeopleField(PersonField):
    """Several, one a line or between commas."""

    widget = forms.Textarea(attrs={"rows": 2})  # type: ignore[assignment]

    def clean(self, value: Any) -> Any:
        typed = str(value or "").replace("，", "\n").replace("、", "\n").replace(",", "\n")
        names = [line.strip() for line in typed.splitlines() if line.strip()]
        if not names:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        found = [super(PeopleField, self).clean(name) for name in names]
        return list(dict.fromkeys(found))


class FamilyForm(ServiceForm):
    address = forms.CharField(
        label=_("住址"), max_length=120, required=False, help_text=_("加密保存，只有结对的人和社区能看。")
    )
    contact_name = forms.CharField(label=_("家属姓名"), max_length=40, required=False)
    contact_relation = forms.CharField(label=_("是老人的"), max_length=20, required=False, help_text=_("例如：女儿。"))
    contact_phone = forms.CharField(
        label=_("家属电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class CarerForm(ServiceForm):
    organization = OrganizationField(label=_("结对单位"), required=False)
    person = PersonField(
        label=_("结对人"), required=False, help_text=_("在人员底册里的姓名。单位派了固定的人，两个都写；个人结对只写这个。")
    )
    words = forms.CharField(label=_("为什么换"), max_length=200, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].account = account  # type: ignore[attr-defined]


class PairForm(FamilyForm):
    elders = PeopleField(
        label=_("老人"), max_length=400, help_text=_("在人员底册里的姓名；几位由同一家结对的，一行写一位。家属和住址以后再补。")
    )
    risk = forms.ChoiceField(label=_("风险"), choices=Risk.choices, widget=forms.RadioSelect, initial=Risk.KEY)
    organization = OrganizationField(label=_("结对单位"), required=False)
    person = PersonField(
        label=_("结对人"), required=False, help_text=_("在人员底册里的姓名。单位派了固定的人，两个都写；个人结对只写这个。")
    )
    began_on = forms.DateField(label=_("从哪天起"), required=False, help_text=_("不填就是今天。"))
    consent = forms.CharField(
        label=_("老人怎么同意记健康情况的"),
        max_length=80,
        required=False,
        help_text=_("例如：当面说明后签字。没有单独同意，照样结对、照样探访，只是不能写备注。"),
    )
    field_order = ("elders", "risk", "organization", "person", "began_on", "consent")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elders"].account = account  # type: ignore[attr-defined]
        self.fields["person"].account = account  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if len(values.get("elders") or ()) > 1 and any(values.get(name) for name in FamilyForm.base_fields):
            self.add_error("elders", _now("住址和家属只能一位一位地写。先结对，再到每位老人的页面补上。"))
        return values


class VisitForm(ServiceForm):
    """Three taps: how, how it went, done."""

    means = forms.ChoiceField(
        label=_("怎么联系的"), choices=Visit.Means.choices, widget=forms.RadioSelect, initial=Visit.Means.VISIT
    )
    went = forms.ChoiceField(label=_("老人怎么样"), choices=Visit.Went.choices, widget=forms.RadioSelect)
    cause = forms.CharField(
        label=_("要办什么"),
        max_length=200,
        required=False,
        help_text=_("写了就会作为哨件转给街道，办的单位看得到，所以不写病情和姓名。例如：三楼楼道灯坏，老人晚上不敢下楼。"),
    )
    note = forms.CharField(
        label=_("备注"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不写。加密保存，只有结对的人和社区能看，谁看过都有记录。"),
    )
    doer = forms.ChoiceField(label=_("谁去的"), choices=Visit.Doer.choices)
    at = forms.DateTimeField(label=_("什么时候"), required=False, widget=forms.DateTimeInput, help_text=_("不填就是现在。"))

    def __init__(self, *args: Any, account: Account, pairing: Pairing, notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {
            Visit.Doer.CARER: pairing.carer_id is None,
            Visit.Doer.ORGANIZATION: pairing.organization_id is None,
        }
        self.fields["doer"].choices = [  # type: ignore[attr-defined]
            choice for choice in Visit.Doer.choices if not missing.get(Visit.Doer(choice[0]))
        ]
        self.fields["doer"].initial = likely_doer(account, pairing)
        if not notes:
            self.fields["note"].help_text = _("老人还没有单独同意记录健康信息，先不要写。社区记下同意后就能写。")


class RiskForm(ServiceForm):
    risk = forms.ChoiceField(label=_("风险"), choices=Risk.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("为什么"), max_length=200, required=False)


class WordsForm(ServiceForm):
    words = forms.CharField(label=_("说明"), max_length=200, help_text=_("加密保存。"))


class ConsentForm(ServiceForm):
    consent = forms.CharField(label=_("老人怎么同意的"), max_length=80, help_text=_("例如：当面说明后签字。"))


class CadenceForm(ServiceForm):
    """Two numbers for each risk."""

    def __init__(self, *args: Any, known: dict[str, Cadence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for risk, cadence in known.items():
            label = Risk(risk).label
            self.fields[f"{risk}_days"] = forms.IntegerField(
                label=_now("%(risk)s：至少几天联系一次") % {"risk": label}, min_value=1, max_value=366, initial=cadence.days
            )
            self.fields[f"{risk}_hours"] = forms.IntegerField(
                label=_now("%(risk)s：有重大变化后几小时内") % {"risk": label},
                min_value=1,
                max_value=720,
                required=False,
                initial=cadence.hours_after_change,
                help_text=_("空着就是不另外要求。"),
            )

    def decided(self, values: dict[str, Any]) -> dict[str, tuple[int, int | None]]:
        return {risk: (values[f"{risk}_days"], values[f"{risk}_hours"]) for risk in Risk.values}
