from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Organization, Role
from gongjian.registry.scopes import SCOPES
from gongjian.registry.selectors import communities


class AccountFilter(forms.Form):
    words = forms.CharField(label=_("用户名或显示名"), required=False)


class AccountForm(ServiceForm):
    username = forms.CharField(label=_("用户名"), max_length=60, help_text=_("登录时填的，不分大小写。"))
    name = forms.CharField(label=_("显示名"), max_length=40)
    email = forms.EmailField(label=_("邮箱"), required=False)


class RoleForm(ServiceForm):
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    community: Any = forms.ModelChoiceField(
        None, label=_("社区"), required=False, empty_label=_("不填"), help_text=_("只有社区工作者要填。")
    )
    organization: Any = forms.ModelChoiceField(
        None, label=_("单位"), required=False, empty_label=_("不填"), help_text=_("只有单位联络员要填。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities()  # type: ignore[attr-defined]
        self.fields["organization"].queryset = Organization.objects.all()  # type: ignore[attr-defined]


class TokenForm(ServiceForm):
    name = forms.CharField(label=_("用途"), max_length=80, help_text=_("例如：每天把事迹同步到区里的平台。"))
    scopes = forms.MultipleChoiceField(
        label=_("范围"), choices=lambda: list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("有效多少天"), initial=90, min_value=1, max_value=366)


class AuditFilter(forms.Form):
    actor = forms.CharField(label=_("操作人"), required=False)
    action = forms.CharField(label=_("动作代码"), required=False, help_text=_("开头几个字母即可，如 registry.sign_in"))
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput)

    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
