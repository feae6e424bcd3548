"""What it is about, and whether it is the office's business."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.whistles.forms.verbs.base import ActForm, long_text
from gongjian.work.whistles.forms.verbs.places import CategoryField, PlaceField, places_of
from gongjian.work.whistles.models import Category, Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.selectors.policies import categories


class TriageForm(ActForm):
    grade = forms.ChoiceField(
        label=gettext_lazy("级别"), choices=[("", gettext_lazy("按类别的级别")), *Grade.choices], required=False
    )
    place: Any = PlaceField(None, label=gettext_lazy("哪个社区、院落"), required=False, empty_label=gettext_lazy("还不清楚"))

    field_order = ("category", "grade", "place")

    def prepare(self) -> None:
        suggested = self._suggested()
        self.fields["category"] = CategoryField(label=_("类别"), empty=_("请选择"), help_text=_why(self.thing, suggested))
        self.order_fields(self.field_order)
        self.fields["place"].queryset = places_of(self.account)  # type: ignore[attr-defined]
        known = self.thing.category or suggested
        self.initial.setdefault("category", known.code if known else "")
        self.initial.setdefault("grade", self.thing.grade if self.thing.category else "")
        self.initial.setdefault("place", self.thing.place_id)

    def _suggested(self) -> Category | None:
        return categories().filter(code=self.thing.suggestion.get("category", "")).first()


def _why(whistle: Whistle, suggested: Category | None) -> str:
    if suggested is None:
        return _("时限和默认牵头单位跟着类别走。")
    words = "、".join(map(str, whistle.suggestion.get("words", [])[:5]))
    if not words:
        return _("系统建议：%(category)s。请您看过再定。") % {"category": suggested}
    return _("系统建议：%(category)s，因为提到了“%(words)s”。请您看过再定。") % {"category": suggested, "words": words}


class NotAcceptForm(ActForm):
    reason = forms.ChoiceField(label=gettext_lazy("因为"), choices=Whistle.NotAcceptedReason.choices, widget=forms.RadioSelect)
    words = long_text(gettext_lazy("给居民的说明"), help_text=gettext_lazy("告诉居民该找谁、怎么办。居民能看到这段话。"))
