"""Which whistles: one form shared by board, list, map and export."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.registry.models import Organization, Place
from gongjian.registry.selectors import communities
from gongjian.work.whistles.models import Category, Whistle
from gongjian.work.whistles.models.categories import Grade
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.selectors.selection import GROUPS, Selection

ANY: list[tuple[str, Any]] = [("", _("全部"))]
MAJOR = "major:"


class CategoryChoices(forms.ChoiceField):
    """Major classes, and under each its minor ones; `major:环境卫生` or a category's code."""

    widget = LongSelect

    def fill(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for category in Category.objects.all():
            groups.setdefault(category.major, []).append((category.code, category.minor))
        majors = [
            (major, [(MAJOR + major, str(_("%(major)s（全部）") % {"major": major})), *minors])
            for major, minors in groups.items()
        ]
        self.choices = [*ANY, *majors]


class SelectionForm(forms.Form):
    """Every field may be left out; what is filled in wrongly does not filter, and its sentence says why."""

    words = forms.CharField(
        label=_("字词、编号"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": _("垃圾，或 2026-000123")}),
    )
    state = forms.ChoiceField(label=_("办到哪一步"), required=False, widget=LongSelect)
    community: Any = forms.ModelChoiceField(None, label=_("社区"), required=False, empty_label=_("全部"), widget=LongSelect)
    category = CategoryChoices(label=_("类别"), required=False)
    lead: Any = forms.ModelChoiceField(None, label=_("牵头单位"), required=False, empty_label=_("全部"), widget=LongSelect)
    source = forms.ChoiceField(label=_("来源"), required=False, choices=[*ANY, *Whistle.Source.choices], widget=LongSelect)
    grade = forms.ChoiceField(label=_("级别"), required=False, choices=[*ANY, *Grade.choices], widget=LongSelect)
    color = forms.ChoiceField(label=_("预警"), required=False, choices=[*ANY, *Whistle.Color.choices], widget=LongSelect)
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        groups = [(key, label) for key, label in GROUPS.items() if key != "open"]
        states = [(state.value, state.label) for state in State if state != State.DRAFT]
        fields["state"].choices = [("", GROUPS["open"]), *groups, (str(_("单独一步")), states)]
        fields["community"].queryset = communities()
        fields["lead"].queryset = Organization.objects.all()
        fields["category"].fill()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("since") and values.get("until") and values["since"] > values["until"]:
            self.add_error("until", _("结束日期早于开始日期。"))
        return values

    def chosen(self) -> Selection:
        self.is_valid()
        values = self.cleaned_data
        category = values.get("category", "")
        community: Place | None = values.get("community")
        lead: Organization | None = values.get("lead")
        return Selection(
            words=values.get("words", "").strip(),
            state=values.get("state", "") or "open",
            community=community.pk if community else None,
            major=category.removeprefix(MAJOR) if category.startswith(MAJOR) else "",
            category="" if category.startswith(MAJOR) else category,
            lead=lead.pk if lead else None,
            source=values.get("source", ""),
            grade=values.get("grade", ""),
            color=int(values["color"]) if values.get("color") else None,
            since=values.get("since"),
            until=values.get("until"),
        )

    def query(self) -> str:
        """The part of the query string that selects, in the order of the fields."""
        return urlencode([(name, value) for name in self.fields if (value := self.data.get(name, ""))])

    @property
    def narrow(self) -> int:
        """How many of the less common fields are in use."""
        return sum(bool(self.data.get(name)) for name in ("lead", "source", "grade", "color", "since", "until"))


class SaveFilterForm(ServiceForm):
    name = forms.CharField(label=_("给这个筛选起名"), max_length=30)


class BulkForm(forms.Form):
    """What to do with the ones that were ticked."""

    ACTS = (
        ("triage", _("按建议分类")),
        ("dispatch", _("派给建议的牵头单位")),
        ("assign", _("派给指定单位")),
        ("print", _("打印清单")),
        ("export", _("导出 Excel")),
    )
    act = forms.ChoiceField(label=_("做什么"), choices=ACTS, widget=LongSelect)
    organization: Any = forms.ModelChoiceField(
        None, label=_("派给"), required=False, empty_label=_("选一个单位"), widget=LongSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        dispatches = kwargs.pop("dispatches", True)
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organization"].queryset = Organization.objects.all()
        if not dispatches:
            fields["act"].choices = self.ACTS[3:]
            del fields["organization"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("act") == "assign" and not values.get("organization"):
            self.add_error("organization", _("请选派给哪个单位。"))
        return values
