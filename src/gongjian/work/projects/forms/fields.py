"""Fields that the room's forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField
from gongjian.registry.models import Account, Place, Role


class MoneyField(forms.DecimalField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **options)
        self.widget.attrs.update(inputmode="decimal", step="any")


class PhotosField(ManyFilesField):
    """Optional photos and papers."""

    def __init__(self, **options: Any) -> None:
        hint = _("可以不传。照片、PDF、Word、Excel，每个不超过 20 MB。")
        super().__init__(**{"required": False, "label": _("照片、材料"), "help_text": hint, **options})


class LinesField(forms.CharField):
    """One thing a line; cleans to a list of those that are not empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **{"max_length": 5000, **options})

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def long_text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **{"max_length": 2000, **options})


def place_field(account: Account, **options: Any) -> "forms.ModelChoiceField[Place]":
    """Communities and the places inside them; a community worker's own."""
    levels = [Place.Level.COMMUNITY, Place.Level.COMPOUND, Place.Level.BUILDING, Place.Level.STREET]
    found = Place.objects.filter(level__in=levels)
    if not account.holds(Role.OFFICE_CLERK):
        own = tuple(f"{path}/" for path in account.community_paths())
        found = found.filter(pk__in=[place.pk for place in found if f"{place.path}/".startswith(own)])
    return forms.ModelChoiceField(found, **{"label": _("在哪里"), **options})
