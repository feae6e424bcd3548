"""Places and categories as choices."""

from itertools import groupby
from typing import Any

from django import forms

from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Account, Place, Role
from gongjian.registry.selectors import places
from gongjian.work.whistles.selectors.policies import categories

ABOVE = (Place.Level.PROVINCE, Place.Level.CITY, Place.Level.DISTRICT)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A place of the office with what it lies in."""

    widget = LongSelect

    def label_from_instance(self, obj: Place) -> str:
        inside = obj.parent is not None and obj.level not in (Place.Level.SUBDISTRICT, Place.Level.COMMUNITY)
        return f"{obj.parent} {obj}" if inside else str(obj)


def places_of(account: Account) -> Any:
    """Where the account may blow: the whole office, or the own communities."""
    found = places().exclude(level__in=ABOVE)
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER):
        return found.order_by("path")
    own = Place.objects.none()
    for path in account.community_paths():
        own = own | found.filter(path=path) | found.filter(path__startswith=f"{path}/")
    return own.order_by("path")


def category_choices(empty: Any) -> list[tuple[Any, Any]]:
    """By code, in groups of their major class."""
    found = groupby(categories(), key=lambda category: category.major)
    return [("", empty), *((major, [(c.code, c.minor) for c in group]) for major, group in found)]


class CategoryField(forms.TypedChoiceField):
    """Cleans to the Category."""

    def __init__(self, *, empty: Any, **options: Any) -> None:
        known = {category.code: category for category in categories()}
        super().__init__(choices=category_choices(empty), coerce=known.__getitem__, empty_value=None, **options)
