"""Fields that the room's forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import CHINESE
from gongjian.kernel.web.forms import ManyFilesField
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.work.cobuilding.kinds import DEEDS, Kind


def _counted_choices() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, unit in DEEDS:
        groups.setdefault(kind, []).append((f"{kind}:{unit}", f"{Kind(kind).label}（{CHINESE[unit]}）"))
    return [("", _("请选择")), *((str(Kind(kind).label), options) for kind, options in groups.items())]


class CountedField(forms.ChoiceField):
    """A kind and the unit in which it is counted; cleans to `(kind, unit)`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_counted_choices, label=_("类别和单位"), **options)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return tuple(chosen.split(":")) if chosen else ("", "")


class QuantityField(forms.DecimalField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=12, **options)
        self.widget.attrs.update(inputmode="decimal", step="any")


class PhotosField(ManyFilesField):
    """Optional photos and papers."""

    def __init__(self, **options: Any) -> None:
        hint = _("可以不传。照片、PDF、Word、Excel，每个不超过 20 MB。")
        super().__init__(required=False, label=_("照片、材料"), **{"help_text": hint, **options})


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def long_text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **{"max_length": 300, **options})


def place_field(account: Account, **options: Any) -> "forms.ModelChoiceField[Place]":
    """Communities and the places inside them; a community worker's own."""
    found = Place.objects.filter(level__in=[Place.Level.COMMUNITY, Place.Level.COMPOUND, Place.Level.STREET])
    if not account.holds(Role.OFFICE_CLERK):
        paths = tuple(account.community_paths())
        inside = [place.pk for place in found if any(place.path == path or place.path.startswith(f"{path}/") for path in paths)]
        found = found.filter(pk__in=inside)
    field = forms.ModelChoiceField(found, **{"label": _("社区或楼院"), **options})
    if len(found) == 1:
        field.initial = found[0]
    return field


def own_organization_field(account: Account) -> Any:
    """For a liaison one of their own; for a clerk any, by name."""
    if account.holds(Role.OFFICE_CLERK):
        return OrganizationField(label=_("单位"))
    found = Organization.objects.filter(pk__in=account.organization_ids())
    field = forms.ModelChoiceField(found, label=_("单位"))
    if len(found) == 1:
        field.initial = found[0]
    return field
