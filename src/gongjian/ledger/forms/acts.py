"""The forms of what can be done with a deed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ServiceForm


class CommunityConfirmationForm(ServiceForm):
    on_behalf_of = forms.CharField(label=_("代表哪个社区确认"), max_length=120)
    note = forms.CharField(
        label=_("怎么核实的"),
        max_length=300,
        required=False,
        help_text=_("例如“到现场看过”“电话问过三位居民”。只给工作人员看。"),
    )


class ThirdPartyConfirmationForm(ServiceForm):
    on_behalf_of = forms.CharField(label=_("代表谁确认"), max_length=120, help_text=_("出具材料的单位，例如“金水区红十字会”。"))
    evidence = ManyFilesField(
        label=_("对方的确认材料"), allow_empty_file=True, help_text=_("盖章的证明、收据、验收单等，扫描或拍照。")
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False, help_text=_("只给工作人员看。"))


class ReversalForm(ServiceForm):
    reason = forms.CharField(
        label=_("为什么冲正"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("原因会和这条事迹一起公开。"),
    )


class PlainActForm(ServiceForm):
    """A yes to what the page says."""
