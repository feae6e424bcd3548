"""Asking for time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles.forms.verbs.base import ActForm, long_text
from gongjian.work.whistles.models import Pause

KINDS = [
    (Pause.Kind.EXTEND, _("延期：办结时限改到新的日期")),
    (Pause.Kind.SUSPEND, _("暂停：两个时限都停住，最晚到下面的时间恢复")),
]


class PauseForm(ActForm):
    kind = forms.ChoiceField(label=_("申请什么"), choices=KINDS, widget=forms.RadioSelect)
    until = forms.DateTimeField(label=_("到什么时候"), widget=forms.DateTimeInput)
    reason = long_text(_("理由"), help_text=_("写清卡在哪里。由街道另一个人审批；批准以后居民能看到。"))
