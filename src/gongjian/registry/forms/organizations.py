from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Organization, PartyOrganization
from gongjian.registry.selectors import communities, places

EDITED = ("name", "short_name", "kind", "credit_code", "parent", "community", "address", "introduction")


class OrganizationFilter(forms.Form):
    words = forms.CharField(
        label=_("名称"), required=False, widget=forms.TextInput(attrs={"placeholder": _("名称、别名或拼音")})
    )
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Organization.Kind.choices])

    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in self.fields} if self.is_valid() else {}


class OrganizationForm(ServiceForm):
    name = forms.CharField(label=_("全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=Organization.Kind.choices)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("18 位，照营业执照或法人证书填。")
    )
    parent: Any = forms.ModelChoiceField(None, label=_("上级单位"), required=False, empty_label=_("没有"))
    community: Any = forms.ModelChoiceField(None, label=_("所在社区"), required=False, empty_label=_("没有"))
    address = forms.CharField(label=_("地址"), max_length=160, required=False)
    introduction = forms.CharField(label=_("简介"), max_length=1000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        self.fields["community"].queryset = communities()  # type: ignore[attr-defined]


class AliasForm(ServiceForm):
    name = forms.CharField(label=_("别名"), max_length=120, help_text=_("报纸、文件里还怎么叫它，就登记成别名。"))


class PartyForm(ServiceForm):
    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=PartyOrganization.Kind.choices, initial="temporary_branch")
    parent: Any = forms.ModelChoiceField(None, label=_("上级党组织"), required=False, empty_label=_("没有"))
    organization: Any = forms.ModelChoiceField(None, label=_("所在单位"), required=False, empty_label=_("没有"))
    place: Any = forms.ModelChoiceField(None, label=_("所在地方"), required=False, empty_label=_("没有"))
    founded = forms.DateField(label=_("成立日期"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = PartyOrganization.objects.filter(dissolved=None)
        self.fields["parent"].queryset = standing  # type: ignore[attr-defined]
        self.fields["organization"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        self.fields["place"].queryset = places()  # type: ignore[attr-defined]


class DissolveForm(ServiceForm):
    on = forms.DateField(label=_("撤销日期"), widget=forms.DateInput)
