from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Place
from gongjian.registry.services.places import PARTS


class PlaceForm(ServiceForm):
    """A part of `parent`: only the levels that may stand below it."""

    level = forms.ChoiceField(label=_("类别"))
    name = forms.CharField(label=_("名称"), max_length=80)
    latitude = forms.DecimalField(label=_("纬度"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6)
    longitude = forms.DecimalField(
        label=_("经度"), required=False, min_value=-180, max_value=180, max_digits=9, decimal_places=6
    )

    def __init__(self, *args: Any, parent: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = PARTS.get(Place.Level(parent.level), ())
        self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
