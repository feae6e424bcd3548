"""Opening a campaign: the basis gate explained in place, and the lighter nature one click away."""

from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models import Campaign, Category
from gongjian.honors.models.campaigns import LIMITS, Body
from gongjian.kernel.basis import Nature
from gongjian.kernel.errors import DomainError
from gongjian.kernel.pinyin import syllables
from gongjian.kernel.web.forms import ServiceForm

GATED = ("title", "slogan", "subtitle", "scope")
GROUPS = (
    (_("叫什么、凭什么"), ("title", "nature", "approving_body", "basis_number", "basis_is_sample")),
    (_("评谁、看哪段时间"), ("scope", "cycle_from", "cycle_to")),
    (_("什么时候办到哪一步（可以先空着）"), ("nominations_until", "review_until", "notice_planned", "decision_planned")),
    (_("页面上的话（可以先空着）"), ("slogan", "subtitle", "slug")),
    (_("名额和期限"), LIMITS),
)


def model_fields(model: type[models.Model], *names: str) -> dict[str, forms.Field]:
    """The form fields that the model's own labels, lengths and choices give."""
    found: dict[str, forms.Field] = fields_for_model(model, fields=names)
    return found


class CampaignForm(ServiceForm):
    """`offers_lighter` after a refusal that the lighter nature would cure."""

    template_name = "honors/parts/campaign_form.html"
    offers_lighter = False

    def __init__(self, data: Any = None, *, opening: bool = True, **rest: Any) -> None:
        super().__init__(lighter(data) if data and "lighter" in data else data, **rest)
        self.fields |= model_fields(Campaign, *(name for _title, names in GROUPS for name in names))
        self.fields["nature"] = forms.ChoiceField(
            label=_("性质"),
            choices=Nature.choices,
            widget=forms.RadioSelect,
            initial=Nature.THANKS,
            help_text=_("“表彰”要有批准机关和依据文号；没有的，如实叫“通报表扬”或“感谢信”，一样体面。"),
        )
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("网址里的短名，小写字母和数字；不填就按名称的拼音来。公布后不再改。")
        self.fields["scope"].widget.attrs["rows"] = 3
        if not opening:
            del self.fields["slug"]

    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slug_of(self.cleaned_data.get("title", ""))

    def _say(self, error: DomainError) -> None:
        self.offers_lighter = error.code == "basis-missing"
        super()._say(error)


def lighter(data: QueryDict) -> QueryDict:
    """What was typed, under the nature that needs no approval, with the reserved word replaced."""
    changed = data.copy()
    changed["nature"] = Nature.THANKS
    for name in GATED:
        changed[name] = changed.get(name, "").replace("表彰", "通报表扬")
    return changed


def slug_of(title: str) -> str:
    """The title in pinyin, cut at a whole syllable."""
    words = slugify(" ".join(syllables(title))).split("-")
    while len("-".join(words)) > 40:
        words.pop()
    return "-".join(words)


class CategoryForm(ServiceForm):
    """A title with its quota, and the bodies that are asked about its candidates. Its kind stands once it is there."""

    def __init__(self, data: Any = None, *, adding: bool = True, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields |= model_fields(Category, "name", "kind", "quota")
        self.fields["name"].help_text = _("比如“先进集体”“热心邻居”。")
        self.fields["opinions"] = _bodies(_("向哪些部门征求意见"), [Body.DISCIPLINE])
        self.fields["enterprise_opinions"] = _bodies(_("候选单位是企业的，另外再问"), [Body.MARKET, Body.TAX])
        if not adding:
            del self.fields["kind"]


def _bodies(label: Any, initial: list[Body]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=Body.choices, initial=initial, required=False, widget=forms.CheckboxSelectMultiple
    )


class LimitsForm(ServiceForm):
    """The office's own numbers, with which new campaigns begin."""

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields |= model_fields(Campaign, *LIMITS)
