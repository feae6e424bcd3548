"""Dimensions, indicators and star levels, as a clerk writes them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.widgets import LongSelect
from gongjian.ledger.models import DeedKind, Level
from gongjian.ledger.models.deeds import Category
from gongjian.work.ratings.scoring.blueprint import Blueprint, Choice, FromLedger, Indicator, Kind, Measure, StarLevel
from gongjian.work.ratings.scoring.checking import LONGEST_NAME, MOST_STARS

_LINE = re.compile(r"(?P<label>.+?)[\s:：,，]+(?P<points>\d+(?:\.\d+)?)\s*分?")
_NUMBER = {"inputmode": "decimal"}


def _points(label: Any, **rest: Any) -> Any:
    return forms.DecimalField(label=label, required=False, max_digits=9, widget=forms.TextInput(attrs=_NUMBER), **rest)


class ChoicesField(forms.CharField):
    """A line for each grade, item or fault: 优秀 10."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> list[Choice]:
        return [self._choice(line.strip()) for line in super().clean(value).splitlines() if line.strip()]

    def _choice(self, line: str) -> Choice:
        found = _LINE.fullmatch(line)
        if found is None or len(found["label"]) > LONGEST_NAME:
            sentence = _now("看不懂这一行：“%(line)s”。请写成“楼道干净 5”这样，一行一项，最后是分值。")
            raise forms.ValidationError(sentence % {"line": line[:40]}, code="line")
        return Choice(found["label"].strip(), Decimal(found["points"]))


class DimensionForm(ServiceForm):
    name = forms.CharField(label=_("方面的名称"), max_length=LONGEST_NAME)


class IndicatorForm(ServiceForm):
    name = forms.CharField(label=_("指标"), max_length=LONGEST_NAME)
    dimension = forms.ChoiceField(label=_("属于哪个方面"))
    kind = forms.ChoiceField(
        label=_("怎么计分"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.GRADED,
        help_text=_("分档：在几档里选一档。逐项：做到一项加一项。扣分：出现一次扣一次。一票否决：有就没有星。"),
    )
    weight = _points(_("权重"), initial=1, help_text=_("算出的分再乘它；不写就是 1。"))
    deed_kind = forms.ChoiceField(
        label=_("从哪里取数"),
        required=False,
        widget=LongSelect,
        help_text=_("选了事迹种类，就自动从台账里算，每一分都能点到背后的事迹；不选就由人到现场核查。"),
    )
    choices = ChoicesField(
        label=_("各档、各项的分值"),
        required=False,
        help_text=_(
            "一行一项，最后写分值，如“楼道干净 5”。从台账取数的分档，前面写满多少，如“3 10”就是满 3 得 10 分。"
            "从台账取数的逐项、扣分和否决不用写。"
        ),
    )
    measure = forms.ChoiceField(label=_("台账怎么数"), choices=Measure.choices, required=False)
    min_level = forms.TypedChoiceField(label=_("至少谁确认过"), choices=Level.choices, coerce=int, initial=Level.COMMUNITY)
    months = forms.IntegerField(
        label=_("只看最近几个月"), required=False, min_value=1, max_value=120, help_text=_("不写就看整个评定期。")
    )
    points = _points(_("台账每条或每单位几分"), help_text=_("从台账取数的逐项加分、扣分才写。"))
    cap = _points(_("最多加（扣）几分"), help_text=_("从台账加分的一定要写；扣分的不写就扣完为止。"))
    at_least = _points(_("台账里满多少就否决"), initial=1)
    about = forms.CharField(
        label=_("怎么查"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("给到现场的人看。"),
    )

    def __init__(self, *args: Any, blueprint: Blueprint, indicator: Indicator | None = None, **rest: Any) -> None:
        dimension = blueprint.dimension_of(indicator.code) if indicator else None
        initial = (_typed(indicator) | {"dimension": dimension.code if dimension else ""}) if indicator else {}
        rest["initial"] = {**initial, **rest.get("initial", {})}
        super().__init__(*args, **rest)
        self.fields["dimension"].choices = [(d.code, d.name) for d in blueprint.dimensions]  # type: ignore[attr-defined]
        self.fields["deed_kind"].choices = [("", _("由人核查")), *_deed_kinds()]  # type: ignore[attr-defined]


def indicator_from(values: dict[str, Any], code: str = "") -> Indicator:
    """What the form says; what cannot be is found by the service."""
    ledger = _ledger_from(values) if values["deed_kind"] else None
    choices = tuple(values["choices"])
    if ledger and values["kind"] == Kind.GRADED:
        choices = tuple(Choice("", one.points, _amount(one.label)) for one in choices)
    elif ledger or values["kind"] == Kind.VETO:
        choices = ()
    return Indicator(
        code=code,
        name=values["name"].strip(),
        kind=values["kind"],
        weight=Decimal(1) if values["weight"] is None else values["weight"],
        choices=choices,
        ledger=ledger,
        cap=values["cap"] if values["kind"] == Kind.DEDUCTION or (ledger and values["kind"] == Kind.ITEMIZED) else None,
        about=values["about"].strip(),
    )


def _ledger_from(values: dict[str, Any]) -> FromLedger:
    counted = values["kind"] in (Kind.ITEMIZED, Kind.DEDUCTION)
    return FromLedger(
        kind=values["deed_kind"],
        measure=values["measure"] or Measure.DEEDS,
        min_level=values["min_level"],
        months=values["months"],
        points=(values["points"] or Decimal(0)) if counted else Decimal(0),
        at_least=Decimal(1) if values["at_least"] is None else values["at_least"],
    )


def _amount(label: str) -> Decimal | None:
    """满 3 次 → 3"""
    found = re.search(r"\d+(?:\.\d+)?", label)
    return Decimal(found[0]) if found else None


def _typed(indicator: Indicator) -> dict[str, Any]:
    """An indicator as it would be typed."""
    ledger = indicator.ledger
    from_ledger = {
        "deed_kind": ledger.kind,
        "measure": ledger.measure,
        "min_level": ledger.min_level,
        "months": ledger.months,
        "points": ledger.points or None,
        "at_least": ledger.at_least,
    } if ledger else {}  # fmt: skip
    lines = [f"{one.label if one.at_least is None else f'{one.at_least:f}'} {one.points:f}" for one in indicator.choices]
    plain = {name: getattr(indicator, name) for name in ("name", "kind", "weight", "cap", "about")}
    return {**plain, "choices": "\n".join(lines), **from_ledger}


def _deed_kinds() -> list[tuple[Any, list[tuple[str, str]]]]:
    kinds: dict[str, list[tuple[str, str]]] = {}
    for kind in DeedKind.objects.all():
        kinds.setdefault(kind.category, []).append((kind.code, str(kind)))
    return [(label, kinds[value]) for value, label in Category.choices if value in kinds]


class LevelForm(ServiceForm):
    """With a field for what the level asks of each dimension."""

    stars = forms.TypedChoiceField(label=_("几星"), choices=[(n, f"{n} ★") for n in range(1, MOST_STARS + 1)], coerce=int)
    total = forms.DecimalField(label=_("总分至少"), max_digits=9, widget=forms.TextInput(attrs=_NUMBER))
    most_percent = _points(
        _("名额最多占几成（%）"), help_text=_("占全部参评的百分之几，不足一个的舍去；并列的一起不进。不写就不限。")
    )

    def __init__(self, *args: Any, blueprint: Blueprint, level: StarLevel | None = None, **rest: Any) -> None:
        self.dimensions = blueprint.dimensions
        initial: dict[str, Any] = {}
        if level:
            initial = {"stars": level.stars, "total": level.total, "most_percent": level.most_percent}
            initial |= {f"dimension_{code}": points for code, points in level.dimensions.items()}
        super().__init__(*args, **{"initial": initial, **rest})
        for dimension in self.dimensions:
            label = _now("“%(name)s”至少（满分 %(full)s）") % {
                "name": dimension.name,
                "full": f"{dimension.full.normalize():f}",
            }
            self.fields[f"dimension_{dimension.code}"] = _points(label)
        self.order_fields(["stars", "total", *(f"dimension_{d.code}" for d in self.dimensions), "most_percent"])

    def level(self, values: dict[str, Any]) -> StarLevel:
        asked = {d.code: values[f"dimension_{d.code}"] for d in self.dimensions if values[f"dimension_{d.code}"] is not None}
        return StarLevel(values["stars"], values["total"], asked, values["most_percent"])
