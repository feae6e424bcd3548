"""A topic's decisions and its tasks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import OrganizationField


class OpenForm(ServiceForm):
    title = forms.CharField(label=_("题目"), max_length=120)


class DropForm(ServiceForm):
    reason = forms.CharField(label=_("为什么不立题"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class TaskForm(ServiceForm):
    text = forms.CharField(label=_("要做什么"), max_length=200)
    organization = OrganizationField(label=_("责任单位"), help_text=_("一项任务只有一个责任单位。"))
    due_on = forms.DateField(label=_("完成时限"), widget=forms.DateInput)


class TaskDoneForm(ServiceForm):
    progress = forms.CharField(label=_("做成了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class FinishForm(ServiceForm):
    outcome = forms.CharField(
        label=_("办理成效"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("解决了什么，今后怎么不再发生。"),
    )
