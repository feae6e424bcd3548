from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Consent, Organization
from gongjian.registry.selectors import communities


class PeopleFilter(forms.Form):
    words = forms.CharField(
        label=_("姓名或手机号"), required=False, widget=forms.TextInput(attrs={"placeholder": _("姓名，或整个手机号")})
    )


class PersonForm(ServiceForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    identity_number = forms.CharField(
        label=_("身份证号"), max_length=18, required=False, help_text=_("只在开服务证明时要用；用不着就不填。加密保存。")
    )
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False, help_text=_("用来联系本人。加密保存。"))
    organization: Any = forms.ModelChoiceField(None, label=_("所在单位"), required=False, empty_label=_("没有"))
    community: Any = forms.ModelChoiceField(None, label=_("所在社区"), required=False, empty_label=_("没有"))
    party_member = forms.BooleanField(label=_("党员"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        self.fields["community"].queryset = communities()  # type: ignore[attr-defined]


class CorrectionForm(PersonForm):
    """Numbers that are there are not shown; left empty, they stay."""

    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("谁提出的、怎么核实是本人，例如：本人持身份证到窗口。")
    )
    field_order = ("basis",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("identity_number", "phone"):
            self.fields[name].help_text = _("不填就保持原来的。")


class BasisForm(ServiceForm):
    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("谁提出的、怎么核实是本人，例如：本人持身份证到窗口。")
    )


class RevealForm(ServiceForm):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("会连同您的名字记入日志。"))


class ConsentForm(ServiceForm):
    purpose = forms.ChoiceField(label=_("同意什么"), choices=Consent.Purpose.choices)
    means = forms.CharField(label=_("怎么同意的"), max_length=80, help_text=_("例如：签了同意书、电话里答应。"))
