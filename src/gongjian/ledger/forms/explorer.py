"""What the explorer is asked."""

from calendar import monthrange
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.ledger.forms.fields import KindField, MonthField, OrganizationField
from gongjian.ledger.models import Level
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.selectors.explorer import Wanted
from gongjian.ledger.selectors.reach import Reach
from gongjian.ledger.statistics import Slice
from gongjian.registry.models import Place

DIMENSIONS = [
    ("category", _("大类")),
    ("kind", _("种类")),
    ("organization", _("单位")),
    ("place", _("地方")),
    ("year", _("年份")),
    ("month", _("月份")),
    ("level", _("确认级别")),
]


class ExplorerForm(forms.Form):
    """Filters; every field may be left out."""

    organization = OrganizationField(label=_("单位"), required=False)
    category = forms.ChoiceField(label=_("大类"), required=False, choices=[("", _("全部")), *Category.choices])
    kind = KindField(label=_("种类"), required=False, empty=_("全部"))
    place: Any = forms.ModelChoiceField(None, label=_("社区、地方"), required=False, empty_label=_("全部"))
    since = MonthField(label=_("从哪个月"), required=False)
    until = MonthField(label=_("到哪个月"), required=False)
    level = forms.TypedChoiceField(
        label=_("确认级别"), required=False, coerce=int, empty_value=None, choices=[("", _("全部")), *Level.choices]
    )
    words = forms.CharField(label=_("事迹里的字词"), required=False, max_length=40, min_length=2)
    late = forms.BooleanField(label=_("只看补记的（事后 30 天以上才记）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.exclude(level__in=["province", "city", "district"])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("since") and values.get("until") and values["since"] > values["until"]:
            self.add_error("until", _("结束月份早于开始月份。"))
        return values

    def wanted(self, reach: Reach) -> Wanted:
        """Nothing filled in wrongly is guessed at: such a field does not filter, and its sentence says why."""
        self.is_valid()
        values = self.cleaned_data
        organization, kind = values.get("organization"), values.get("kind")
        until = values.get("until")
        wanted = Slice(
            organization=organization.pk if organization else None,
            kind=kind.pk if kind else "",
            category=values.get("category", ""),
            place=values.get("place"),
            since=values.get("since"),
            until=until and until.replace(day=monthrange(until.year, until.month)[1]),
            level=values.get("level"),
            reach=reach,
        )
        return Wanted(wanted, late=values.get("late", False), words=values.get("words", "").strip())


class PivotForm(forms.Form):
    """How the sums are laid out."""

    rows = forms.ChoiceField(label=_("行"), choices=DIMENSIONS, required=False)
    columns = forms.ChoiceField(label=_("列"), choices=DIMENSIONS, required=False)
    measure = forms.ChoiceField(label=_("数什么"), required=False, choices=[("deeds", _("件数")), ("quantity", _("数量"))])

    def layout(self) -> tuple[str, str, str]:
        """Rows, columns, measure; by category and year unless asked otherwise."""
        self.is_valid()
        values = self.cleaned_data
        rows, columns = values.get("rows") or "category", values.get("columns") or "year"
        if rows == columns:
            columns = "level" if rows == "year" else "year"
        return rows, columns, values.get("measure") or "deeds"
