"""What somebody fills in about a hazard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.work.inspections.models import Answer, Item, Severity

PHOTO = {"accept": "image/*", "capture": "environment"}


class AnswerEntry(forms.Form):
    """What a phone sends about an item."""

    item: Any = forms.ModelChoiceField(None)
    verdict = forms.ChoiceField(choices=Answer.Verdict.choices)
    at = forms.DateTimeField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.select_related("checklist")  # type: ignore[attr-defined]


class FindingEntry(forms.Form):
    """What a phone sends about a hazard."""

    slip = forms.UUIDField()
    item: Any = forms.ModelChoiceField(None, required=False)
    at = forms.DateTimeField()
    text = forms.CharField(max_length=200, error_messages={"required": _("请写是什么问题。")})
    severity = forms.ChoiceField(choices=Severity.choices, error_messages={"required": _("请选问题有多严重。")})
    responsible = forms.CharField(max_length=80, required=False)
    due_on = forms.DateField(required=False)
    spot = forms.CharField(max_length=120, required=False)
    photo = ManyFilesField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.select_related("checklist")  # type: ignore[attr-defined]


class MendForm(ServiceForm):
    words = forms.CharField(label=_("怎么整改的"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    photos = ManyFilesField(label=_("整改后的照片"), required=False)


class RecheckForm(ServiceForm):
    passed = forms.TypedChoiceField(
        label=_("复查结果"),
        choices=[("1", _("通过")), ("0", _("没通过"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("说明"), max_length=400, required=False, help_text=_("没通过的，写还有什么没改好。"))
    due_on = forms.DateField(label=_("没通过的，改到哪天"), required=False, help_text=_("不填就按等级算。"))


class LimitForm(ServiceForm):
    due_on = forms.DateField(label=_("改到哪天"))
    words = forms.CharField(label=_("为什么改期限"), max_length=400)


class TransferForm(ServiceForm):
    department = OrganizationField(label=_("移交给哪个部门"))
    words = forms.CharField(label=_("为什么移交"), max_length=400, help_text=_("例如：拒不整改，需要执法。"))


class SettleForm(ServiceForm):
    done = forms.TypedChoiceField(
        label=_("处理结果"),
        choices=[("1", _("处理完了")), ("0", _("退回"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("怎么处理的，或者为什么退回"), max_length=400)
