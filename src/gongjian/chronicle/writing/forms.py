"""What is to be written: about whom, of which months, in which form."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.chronicle.writing.genres import GENRES
from gongjian.chronicle.writing.subjects import Subject, month, of_campaign
from gongjian.honors.models import Campaign
from gongjian.ledger.forms.fields import MonthField, OrganizationField
from gongjian.registry.models import Account, Office
from gongjian.registry.selectors import communities

MOST_VARIANTS = 9999


class WritingForm(forms.Form):
    genre = forms.ChoiceField(label=gettext_lazy("写成什么"), choices=[(one.code, one.label) for one in GENRES.values()])
    campaign: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("写哪次评选"),
        required=False,
        empty_label=gettext_lazy("不是评选"),
        help_text=gettext_lazy("选了评选，就写它的获评对象在考察期内的事迹，下面几项不用填。"),
    )
    organization = OrganizationField(label=gettext_lazy("只写一家单位"), required=False)
    community: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("只写一个社区"), required=False, empty_label=gettext_lazy("整个街道")
    )
    since = MonthField(label=gettext_lazy("从哪个月"), required=False)
    until = MonthField(label=gettext_lazy("到哪个月"), required=False, help_text=gettext_lazy("只写一个月的，不用填。"))
    variant = forms.IntegerField(
        label=gettext_lazy("第几种写法"),
        required=False,
        min_value=0,
        max_value=MOST_VARIANTS,
        help_text=gettext_lazy("换一个数，换一种说法；事实和数字一样。"),
    )

    def __init__(self, *args: Any, account: Account, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._office = office
        found = Campaign.objects.filter(state__in=("decided", "published", "archived", "revoked")).order_by("-opened_at")
        allowed = [campaign.pk for campaign in found if account.has_perm("writing.write_campaign", campaign)]
        self.fields["campaign"].queryset = found.filter(pk__in=allowed)  # type: ignore[attr-defined]
        self.fields["community"].queryset = communities()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("campaign") or "since" in self.errors or "until" in self.errors:
            return values
        if not values.get("since"):
            self.add_error("since", _("请写从哪个月写起，或者选一次评选。"))
        elif values.get("until") and values["since"] > values["until"]:
            self.add_error("until", _("结束月份早于开始月份。"))
        if values.get("organization") and values.get("community"):
            self.add_error("community", _("单位和社区只选一样。"))
        return values

    @property
    def subject(self) -> Subject:
        """Of a form that is valid."""
        values = self.cleaned_data
        if values["campaign"]:
            return of_campaign(values["campaign"])
        since, until = month(values["since"])[0], month(values["until"] or values["since"])[1]
        return Subject(self._office, since, until, organization=values["organization"], community=values["community"])

    @property
    def seed(self) -> str:
        return str(self.cleaned_data["variant"] or 0)
