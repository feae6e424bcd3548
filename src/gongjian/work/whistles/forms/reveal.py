"""Why somebody wants to know who reported it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm


class RevealForm(ServiceForm):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("会连同您的名字记入日志。"))
