"""Signing, deciding, paying, closing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.signatures import SignedForm
from gongjian.work.projects.settling.forms.fields import DayField, MoneyField
from gongjian.work.projects.settling.models import Payment


class SignForm(SignedForm):
    signer = forms.CharField(label=_("签字人"), max_length=40)

    field_order = ("signer", "drawn", "photo")


class DecideForm(ServiceForm):
    decision = forms.CharField(label=_("决定的文号"), max_length=120, help_text=_("有权决定的主管部门的文号，不是街道的。"))
    announced = forms.BooleanField(label=_("催告、陈述申辩、决定、公告都已办完，复议和诉讼的期限已过"), required=False)


class PayForm(ServiceForm):
    amount = MoneyField(label=_("金额（元）"))
    paid_on = DayField(label=_("付款日期"), initial=clock.today)
    way = forms.ChoiceField(label=_("付款方式"), choices=Payment.Way.choices)
    document = forms.CharField(label=_("凭证号"), max_length=80)


class CloseForm(ServiceForm):
    cleared_on = DayField(label=_("拆除或交还日期"), initial=clock.today)
