"""What is written down about an agreement, its rooms and its meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.registry.selectors import places
from gongjian.work.cobuilding.forms.fields import PhotosField, QuantityField, day_field, long_text, place_field
from gongjian.work.cobuilding.models import Agreement, AgreementPerson
from gongjian.work.cobuilding.models.agreements import Side
from gongjian.work.cobuilding.services import Named

PERSONS = tuple((side, part) for side in Side for part in AgreementPerson.Part)


class AgreementForm(ServiceForm):
    """`parties`: asked only while the agreement is new."""

    title = forms.CharField(label=_("名称"), max_length=80)
    number = forms.CharField(label=_("编号"), max_length=40)
    content = long_text(label=_("共建内容"), max_length=2000)
    duties_organization = long_text(label=_("单位做什么"), max_length=1000, help_text=_("一行一条。"))
    duties_community = long_text(label=_("社区做什么"), max_length=1000, help_text=_("一行一条。"))
    begins_on = day_field(label=_("从哪天起"))
    ends_on = day_field(label=_("到哪天止"))
    meetings_per_year = forms.IntegerField(label=_("每年碰头几次"), min_value=1, max_value=52, initial=4)

    def __init__(self, *args: Any, account: Account, parties: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side, part in PERSONS:
            who = {"side": side.label, "part": part.label}
            self.fields[f"{side}_{part}"] = forms.CharField(label=_("%(side)s%(part)s") % who, max_length=40)
            phone = forms.CharField(label=_("%(side)s%(part)s电话") % who, max_length=20, required=False)
            self.fields[f"{side}_{part}_phone"] = phone
        if parties:
            self.fields["organization"] = _organization_field(account)
            self.fields["place"] = _community_field(account)
        self.order_fields(["title", "number", "organization", "place"])

    def facts(self, values: dict[str, Any]) -> dict[str, Any]:
        """The arguments of the service."""
        persons = [
            Named(side, part, values.pop(f"{side}_{part}"), values.pop(f"{side}_{part}_phone")) for side, part in PERSONS
        ]
        return {**values, "persons": persons}


def written(agreement: Agreement) -> dict[str, Any]:
    """The form's values for a draft that is there already."""
    names = ("title", "number", "content", "duties_organization", "duties_community", "begins_on", "ends_on")
    values = {name: getattr(agreement, name) for name in (*names, "meetings_per_year")}
    for one in agreement.persons.all():
        values |= {f"{one.side}_{one.part}": one.name, f"{one.side}_{one.part}_phone": one.phone}
    return values


def _organization_field(account: Account) -> Any:
    found = Organization.objects.exclude(kind=Organization.Kind.TEAM)
    own = account.organization_ids()
    if own and not account.holds(Role.OFFICE_CLERK):
        found = found.filter(pk__in=own)
    return forms.ModelChoiceField(found, label=_("单位"))


def _community_field(account: Account) -> Any:
    field = place_field(account) if account.holds(Role.COMMUNITY_WORKER) else forms.ModelChoiceField(Place.objects.all())
    field.queryset = field.queryset.filter(level=Place.Level.COMMUNITY)  # type: ignore[union-attr]
    field.label = _("社区")
    return field


class SignForm(ServiceForm):
    signed_on = day_field(label=_("签订日期"))
    papers = ManyFilesField(label=_("签好字的那一份"), help_text=_("照片或扫描件，存入证据。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = clock.today


class RoomForm(ServiceForm):
    name = forms.CharField(label=_("哪一处用房"), max_length=60)
    area = QuantityField(label=_("面积（平方米）"))
    ownership = forms.CharField(label=_("产权材料"), max_length=120, help_text=_("不动产权证号，或别的产权说明。"))
    purpose = forms.CharField(label=_("用途"), max_length=120)
    yearly_rent = QuantityField(label=_("每年租金（元）"), required=False, help_text=_("空着就是免费。"))
    safety = forms.ChoiceField(label=_("安全谁负责"), choices=Side.choices, widget=forms.RadioSelect)
    utilities = forms.ChoiceField(label=_("水电谁承担"), choices=Side.choices, widget=forms.RadioSelect)
    exit_terms = long_text(label=_("怎么退出"), max_length=200)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ModelChoiceField(places(below=agreement.place), label=_("在哪里"), initial=agreement.place)
        self.order_fields(["place"])


class HandOverForm(ServiceForm):
    on = day_field(label=_("移交日期"))
    papers = PhotosField()


class MeetingForm(ServiceForm):
    held_on = day_field(label=_("哪天开的"))
    subject = forms.CharField(label=_("议题"), max_length=120)
    minutes = long_text(label=_("纪要"), max_length=2000, required=False)


class RenewForm(ServiceForm):
    number = forms.CharField(label=_("新编号"), max_length=40)
    ends_on = day_field(label=_("续到哪天"))


class EndForm(ServiceForm):
    on = day_field(label=_("终止日期"))
    because = long_text(label=_("为什么终止"), max_length=200)
