"""Forms of a round: opening it, enrolling, checking on site, reviewing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ManyFilesField, ManyFilesInput, ServiceForm
from gongjian.work.ratings.models import Round
from gongjian.work.ratings.scoring.blueprint import Dimension, Indicator, Kind
from gongjian.work.ratings.scoring.computing import Finding
from gongjian.work.ratings.selectors.rounds import may_enroll


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class RoundForm(ServiceForm):
    title = forms.CharField(label=_("名称"), max_length=60, help_text=_("比如“2020 年度星级楼院”。"))
    period_from = forms.DateField(label=_("评定期起"), widget=DayInput())
    period_to = forms.DateField(label=_("评定期止"), widget=DayInput(), help_text=_("台账里这段时间的事迹才算。"))
    assess_until = forms.DateField(label=_("核查到哪天为止"), widget=DayInput(), required=False)


class SubjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class EnrollForm(ServiceForm):
    subjects: Any = SubjectsField(None, label=_("谁参评"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, rated: Round, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["subjects"].queryset = may_enroll(rated)  # type: ignore[attr-defined]


class ReasonForm(ServiceForm):
    reason = forms.CharField(label=_("原因"), max_length=300)


class ReviewForm(ServiceForm):
    agreed = forms.TypedChoiceField(
        label=_("复核意见"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("理由"), max_length=300, required=False, help_text=_("不同意要写明哪里不对。"))


class AssessmentForm(ServiceForm):
    """One screen on a phone: the indicators of one dimension, a note, photos if one likes."""

    def __init__(self, *args: Any, dimension: Dimension, found: dict[str, Finding], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.indicators = dimension.checked
        for indicator in self.indicators:
            self.fields |= _fields(indicator, found.get(indicator.code))
        self.fields["note"] = forms.CharField(
            label=_("现场情况"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["photos"] = ManyFilesField(
            label=_("照片（可以不拍）"),
            required=False,
            widget=ManyFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
        )
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput)

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The arguments of the service."""
        findings = {one.code: _finding(one, cleaned) for one in self.indicators}
        return {"findings": findings, **{name: cleaned[name] for name in ("note", "photos", "seen")}}


def _fields(indicator: Indicator, found: Finding | None) -> dict[str, forms.Field]:
    code, labels = indicator.code, [(number, choice.label) for number, choice in enumerate(indicator.choices)]
    common: dict[str, Any] = {"label": indicator.name, "help_text": indicator.about}
    if indicator.kind == Kind.GRADED:
        points = [
            (number, f"{choice.label}（{choice.points.normalize():f}）") for number, choice in enumerate(indicator.choices)
        ]
        common["initial"] = found.choice if found else None
        return {code: forms.TypedChoiceField(choices=points, coerce=int, widget=forms.RadioSelect, **common)}
    if indicator.kind == Kind.ITEMIZED:
        initial = list(found.met) if found else []
        widget = forms.CheckboxSelectMultiple
        items = forms.TypedMultipleChoiceField(
            choices=labels, coerce=int, required=False, widget=widget, initial=initial, **common
        )
        return {code: items}
    if indicator.kind == Kind.DEDUCTION:
        return {
            f"{code}_{number}": forms.IntegerField(
                label=_now("%(name)s：%(fault)s，几次") % {"name": indicator.name, "fault": label},
                min_value=0,
                max_value=99,
                initial=found.times[number] if found and number < len(found.times) else 0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                help_text=indicator.about,
            )
            for number, label in labels
        }
    return {
        code: forms.BooleanField(required=False, initial=bool(found and found.vetoed), **common),
        f"{code}_why": forms.CharField(
            label=_("有的话，是哪一件"), required=False, max_length=300, initial=found.why if found else ""
        ),
    }


def _finding(indicator: Indicator, cleaned: dict[str, Any]) -> Finding:
    code = indicator.code
    if indicator.kind == Kind.GRADED:
        return Finding(choice=cleaned[code])
    if indicator.kind == Kind.ITEMIZED:
        return Finding(met=tuple(cleaned[code]))
    if indicator.kind == Kind.DEDUCTION:
        return Finding(times=tuple(cleaned[f"{code}_{number}"] for number in range(len(indicator.choices))))
    return Finding(vetoed=cleaned[code], why=cleaned[f"{code}_why"].strip())
