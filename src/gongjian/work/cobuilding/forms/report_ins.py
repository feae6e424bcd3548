from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import PersonField
from gongjian.registry.models import Account, PartyOrganization, Place
from gongjian.work.cobuilding.forms.fields import day_field, place_field


class ReportInForm(ServiceForm):
    post = forms.CharField(label=_("认领的岗位或任务"), max_length=120)
    reported_on = day_field(label=_("报到日期"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = place_field(account, label=_("社区"))
        place.queryset = place.queryset.filter(level=Place.Level.COMMUNITY)  # type: ignore[union-attr]
        standing = PartyOrganization.objects.filter(dissolved__isnull=True).order_by("name")
        party = forms.ModelChoiceField(standing, label=_("党组织"), required=False)
        person = PersonField(label=_("党员"), required=False, help_text=_("和党组织二选一。"))
        person.account = account
        self.fields |= {"place": place, "party": party, "person": person}
        self.fields["reported_on"].initial = clock.today
        self.order_fields(["place", "party", "person"])


class EndReportInForm(ServiceForm):
    on = day_field(label=_("结束日期"))
