"""A scheme: what it is called and by which right, the lighter nature one click away."""

from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.basis import RESERVED, Nature
from gongjian.kernel.errors import DomainError
from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.ratings.examples import examples
from gongjian.work.ratings.models import Scheme, Subject

GATED = ("title", "about")


class SchemeForm(ServiceForm):
    """`offers_lighter` after a refusal that the lighter nature would cure."""

    template_name = "ratings/scheme_fields.html"
    offers_lighter = False
    FIELDS = ("title", "about", "nature", "approving_body", "basis_number", "basis_is_sample", "is_example", "notice_workdays")

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(lighter(data) if data and "lighter" in data else data, **rest)
        self.fields |= fields_for_model(Scheme, fields=self.FIELDS)
        self.fields["about"].widget = forms.Textarea(attrs={"rows": 2})
        self.fields["nature"] = forms.ChoiceField(
            label=_("性质"),
            choices=Nature.choices,
            widget=forms.RadioSelect,
            initial=Nature.INTERNAL,
            help_text=_("创建、达标、评比要有批准机关和依据文号；没有的，如实叫“星级评定”“通报表扬”，一样体面。"),
        )
        self.fields["is_example"].help_text = _("勾上以后，每一页都写明指标是编的，不当真。")

    def _say(self, error: DomainError) -> None:
        self.offers_lighter = error.code == "basis-missing"
        super()._say(error)


class NewSchemeForm(SchemeForm):
    """`example`: which of the shipped examples to begin with; empty begins with nothing."""

    subject = forms.ChoiceField(label=_("评谁"), choices=Subject.choices, widget=forms.RadioSelect)
    example = forms.ChoiceField(
        label=_("照哪个样例开始"), required=False, help_text=_("样例的指标都是编的，照着改成本地的再用。")
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        shipped = [(code, example.title) for code, example in examples().items()]
        self.fields["example"].choices = [("", _("从空白开始")), *shipped]  # type: ignore[attr-defined]


def lighter(data: QueryDict) -> QueryDict:
    """What was typed, under the nature that needs no approval, with the reserved words replaced."""
    changed = data.copy()
    changed["nature"] = Nature.THANKS
    for name in GATED:
        for word in RESERVED:
            changed[name] = changed.get(name, "").replace(word, "评定" if word != "表彰" else "通报表扬")
    return changed
