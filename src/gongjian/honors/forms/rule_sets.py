"""The rule set as a table: one row a rule, empty rows to add more, a row without a target is left out."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from gongjian.honors.scoring import RuleSet
from gongjian.honors.scoring.rule_sets import rule_set_from
from gongjian.kernel.errors import DomainError
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.models import DeedKind, Level
from gongjian.ledger.models.deeds import Category

PER = (("deed", _("每条")), ("unit", _("每单位数量")))
_SMALL = {"class": "narrow", "inputmode": "decimal"}


def targets() -> list[tuple[Any, Any]]:
    """The categories, and within each its kinds; chosen values are `category:x` and `kind:x`."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for kind in DeedKind.objects.all():
        kinds.setdefault(kind.category, []).append((f"kind:{kind.code}", str(kind)))
    whole = [(f"category:{value}", label) for value, label in Category.choices]
    return [("", "—"), (_("整个大类"), whole), *[(label, kinds[value]) for value, label in Category.choices if value in kinds]]


class RuleForm(forms.Form):
    target = forms.ChoiceField(label=_("哪种事迹"), required=False)
    per = forms.ChoiceField(label=_("按什么计"), choices=PER)
    points = forms.DecimalField(label=_("分值"), required=False, initial=1, widget=forms.TextInput(attrs=_SMALL))
    cap = forms.DecimalField(label=_("封顶"), required=False, widget=forms.TextInput(attrs=_SMALL))
    min_level = forms.TypedChoiceField(label=_("至少谁确认过"), choices=Level.choices, coerce=int, initial=Level.COMMUNITY)
    weight = forms.DecimalField(label=_("权重"), required=False, initial=1, widget=forms.TextInput(attrs=_SMALL))

    def __init__(self, *args: Any, choices: list[tuple[Any, Any]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            if name == "cap":
                field.widget.attrs["placeholder"] = _("不封顶")

    def as_json(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        column, _colon, code = values.pop("target").partition(":")
        return {**values, column: code}


Rows = formset_factory(RuleForm, extra=2, max_num=60)


class RuleSetForm(ServiceForm):
    """Holds the rows as `rows`; `rule_set()` is what they say, and raises Invalid where they cannot be meant."""

    veto_reasons = forms.CharField(
        label=_("一票否决的情形"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一条，由人来认定。"),
    )
    most_reversed_percent = forms.DecimalField(
        label=_("冲正比例上限（%）"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("考察期内被冲正的事迹超过这个比例，自动不参评；空着就不管。"),
    )

    def __init__(self, data: Any = None, *, rule_set: RuleSet, **rest: Any) -> None:
        initial = {
            "veto_reasons": "\n".join(rule_set.veto_reasons),
            "most_reversed_percent": rule_set.most_reversed_percent,
        }
        super().__init__(data, initial=initial, **rest)
        rows = [
            {**vars(rule), "target": f"kind:{rule.kind}" if rule.kind else f"category:{rule.category}"}
            for rule in rule_set.rules
        ]
        self.rows = Rows(data, initial=rows, prefix="rows", form_kwargs={"choices": targets()})

    def is_valid(self) -> bool:
        valid, rows = super().is_valid(), not self.is_bound or self.rows.is_valid()
        if not rows and not self.has_error(NON_FIELD_ERRORS):
            self.add_error(None, _("有的规则没有填对，看表里标红的地方。"))
        return valid and rows

    def rule_set(self) -> RuleSet:
        chosen = [row.as_json() for row in self.rows if row.cleaned_data.get("target")]
        return rule_set_from(
            {
                "rules": chosen,
                "veto_reasons": [line.strip() for line in self.cleaned_data["veto_reasons"].splitlines() if line.strip()],
                "most_reversed_percent": self.cleaned_data["most_reversed_percent"],
            }
        )

    def try_out(self) -> tuple[RuleSet | None, list[str]]:
        """The edited rule set, or why it cannot be."""
        if not self.is_valid():
            return None, [*self._sentences(self.errors), *(s for errors in self.rows.errors for s in self._sentences(errors))]
        try:
            return self.rule_set(), []
        except DomainError as error:
            return None, [str(error)]

    @staticmethod
    def _sentences(errors: Any) -> list[str]:
        return [str(sentence) for found in errors.values() for sentence in found]
