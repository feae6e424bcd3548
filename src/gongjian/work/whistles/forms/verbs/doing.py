"""What the organizations that were sent write down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles.forms.verbs.base import ActForm, PhotosField, YesNo, long_text
from gongjian.work.whistles.models import Dispatch
from gongjian.work.whistles.services import Means


class ContactForm(ActForm):
    means = forms.ChoiceField(label=_("怎么联系的"), choices=Means.choices, widget=forms.RadioSelect, initial=Means.PHONE)
    reached = YesNo(label=_("联系上了吗"), yes=_("联系上了"), no=_("没联系上（无人接听、不在家……也要记）"))
    words = long_text(_("结果"), help_text=_("例如“约好下午三点上门”“响铃无人接听”。"))
    at = forms.DateTimeField(
        label=_("什么时候"), required=False, widget=forms.DateTimeInput, help_text=_("空着就是现在。补记的写当时的时间。")
    )


class ReportForm(ActForm):
    outcome = forms.ChoiceField(label=_("办得怎样"), choices=Dispatch.Outcome.choices, widget=forms.RadioSelect)
    words = long_text(_("怎么办的"), most=2000, rows=5, help_text=_("怎么办的、结果怎样。牵头单位写的，居民能看到。"))
    before = PhotosField(label=_("处置前的照片"))
    after = PhotosField(label=_("处置后的照片"))
