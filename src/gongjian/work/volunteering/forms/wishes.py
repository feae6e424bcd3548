"""What a volunteer tells about times and wishes, behind their link."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.work.volunteering.forms.people import VolunteerForm
from gongjian.work.volunteering.models import Skill, Wish
from gongjian.work.volunteering.selectors.public import Day

EITHER = ""
PREFIX = "wish_"


class WishesForm(VolunteerForm):
    """One more field for each shift to come."""

    companions = forms.CharField(
        label=_("想和谁一起"),
        max_length=240,
        required=False,
        help_text=_("写对方的志愿者编号，用顿号隔开；编号在各人自己的页面上。"),
    )

    def __init__(self, *args: Any, days: list[Day], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["new_skills"]
        if not Skill.objects.exists():
            del self.fields["skills"]
        self.told = [name for name in self.fields if name != "submission"]
        self.days = days
        choices = [(EITHER, _("都行")), *Wish.Kind.choices]
        for shift in (shift for day in days for shift in day.shifts):
            label = " ".join(filter(None, [f"{shift.begins:%Y-%m-%d %H:%M}", str(shift.post or "")]))
            self.fields[f"{PREFIX}{shift.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def told_fields(self) -> list[Any]:
        return [self[name] for name in self.told]

    @property
    def wish_days(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """Each day with its shifts and their fields."""
        return [(day.date, [(shift, self[f"{PREFIX}{shift.pk}"]) for shift in day.shifts]) for day in self.days]


def wished(values: dict[str, Any], kind: str) -> list[int]:
    return [int(name.removeprefix(PREFIX)) for name, said in values.items() if name.startswith(PREFIX) and said == kind]


def numbers_in(text: str) -> list[str]:
    return [number for number in re.split(r"[、,，;；\s]+", text) if number]
