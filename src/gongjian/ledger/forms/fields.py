"""Fields that several of the ledger's forms share."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.quantities import CHINESE
from gongjian.ledger.models import DeedKind
from gongjian.ledger.models.deeds import Category
from gongjian.registry.models import Account, Organization, Person
from gongjian.registry.selectors import find_organization, organizations
from gongjian.registry.selectors.people import people

CHOOSE = gettext_lazy("请选择")


class MonthField(forms.Field):
    """Cleans `2020-07` to the first day of that month."""

    widget = forms.TextInput(attrs={"placeholder": "2020-07", "inputmode": "numeric", "type": "month"})

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        found = re.fullmatch(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*", str(value))
        try:
            return date(int(found[1]), int(found[2]), 1) if found else date.fromisoformat("")
        except ValueError as error:
            raise forms.ValidationError(_("请写成“2020-07”这样的年月。"), code="month") from error


class OrganizationField(forms.CharField):
    """An organization by any of its names, found while typing. Cleans to the Organization."""

    widget = forms.TextInput(
        attrs={
            "list": "organization-names",
            "autocomplete": "off",
            "hx-get": reverse_lazy("ledger:organization_names"),
            "hx-trigger": "input changed delay:250ms, focus once",
            "hx-target": "#organization-names",
            "hx-sync": "this:replace",
        }
    )

    def clean(self, value: Any) -> Organization | None:
        name = super().clean(value)
        if not name:
            return None
        found = find_organization(name)
        if found is None:
            raise forms.ValidationError(self._nothing(name), code="unknown-organization")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organization) else value

    @staticmethod
    def _nothing(name: str) -> str:
        near = "、".join(organization.name for organization in organizations(name)[:3])
        if near:
            return _("没有叫“%(name)s”的单位。是不是：%(near)s？") % {"name": name, "near": near}
        return _("没有叫“%(name)s”的单位。请先在“底册—单位”里登记。") % {"name": name}


class PersonField(forms.CharField):
    """Somebody whom `account` may know of, by name, or “name #number” where several have it. Cleans to the Person."""

    widget = forms.TextInput(
        attrs={
            "list": "person-names",
            "autocomplete": "off",
            "hx-get": reverse_lazy("ledger:person_names"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#person-names",
            "hx-sync": "this:replace",
        }
    )
    account: Account

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        if not typed:
            return None
        name, _sign, number = (part.strip() for part in typed.partition("#"))
        found = people(self.account).filter(name=name)
        found = found.filter(pk=int(number)) if number.isdecimal() and len(number) < 16 else found
        if len(several := found[:2]) == 1:
            return several[0]
        if several:
            raise forms.ValidationError(_("叫“%(name)s”的不止一位，请从下面挑。") % {"name": name}, code="several-people")
        raise forms.ValidationError(_("人员底册里没有“%(name)s”，或者不归您管。") % {"name": typed}, code="unknown-person")

    def prepare_value(self, value: Any) -> Any:
        return f"{value.name} #{value.pk}" if isinstance(value, Person) else value


def _kinds(empty: Any) -> Iterator[tuple[Any, Any]]:
    yield "", empty
    labels = dict(Category.choices)
    kinds = sorted(DeedKind.objects.all(), key=lambda kind: list(labels).index(kind.category))
    for category, group in groupby(kinds, key=lambda kind: kind.category):
        yield labels[category], [(kind.pk, _labelled(kind)) for kind in group]


def _labelled(kind: DeedKind) -> str:
    return f"{kind}（{CHINESE[kind.unit]}）" if kind.unit else str(kind)


class KindField(forms.ChoiceField):
    """A kind of deed, by category, each with its unit. Cleans to the DeedKind."""

    def __init__(self, *, empty: Any = CHOOSE, **options: Any) -> None:
        super().__init__(choices=lambda: list(_kinds(empty)), **options)

    def clean(self, value: Any) -> DeedKind | None:
        code = super().clean(value)
        return DeedKind.objects.get(pk=code) if code else None
