"""Looking for oneself, asking the resident, and rating both sides."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.registry.models import Organization
from gongjian.work.whistles.forms.verbs.base import ActForm, YesNo, long_text
from gongjian.work.whistles.models import Dispatch, Revisit
from gongjian.work.whistles.models.whistles import Satisfaction

ASKED = [choice for choice in Revisit.Means.choices if choice[0] != Revisit.Means.LINK]


class VerifyForm(ActForm):
    solved = YesNo(
        label=gettext_lazy("现场看，解决了吗"),
        yes=gettext_lazy("解决了"),
        no=gettext_lazy("没有完全解决，但单位说的属实（例如已说明原因、已列入计划）"),
    )
    words = long_text(gettext_lazy("现场看到了什么"), required=False, help_text=gettext_lazy("可以不写。居民能看到。"))


class RateForm(ActForm):
    satisfaction = forms.ChoiceField(label=gettext_lazy("评价"), choices=Satisfaction.choices, widget=forms.RadioSelect)
    words = long_text(gettext_lazy("评语"), required=False, help_text=gettext_lazy("可以不写。"))


class RateOrganizationForm(RateForm):
    organization: Any = forms.ModelChoiceField(None, label=gettext_lazy("评哪个单位"), empty_label=gettext_lazy("请选择"))
    field_order = ("organization", "satisfaction", "words")

    def prepare(self) -> None:
        reported = self.thing.dispatches.filter(state=Dispatch.State.REPORTED).values("organization")
        found = Organization.objects.filter(pk__in=reported)
        self.fields["organization"].queryset = found  # type: ignore[attr-defined]
        if len(found) == 1:
            self.initial.setdefault("organization", found[0].pk)


class RevisitForm(ActForm):
    means = forms.ChoiceField(label=gettext_lazy("怎么问的"), choices=ASKED, widget=forms.RadioSelect)
    valid = YesNo(
        label=gettext_lazy("问到了吗"),
        yes=gettext_lazy("问到了（有效回访，计入三率）"),
        no=gettext_lazy("没问到、不愿意说（不计入三率）"),
    )
    contacted = forms.BooleanField(label=gettext_lazy("居民说：单位联系过我"), required=False)
    solved = forms.BooleanField(label=gettext_lazy("居民说：事情解决了"), required=False)
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("居民满意吗"),
        choices=[("", gettext_lazy("没问到")), *Satisfaction.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    words = long_text(gettext_lazy("居民怎么说"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("valid") and values.get("satisfaction") == "":
            self.add_error("satisfaction", _("问到了的，请选满意、基本满意或不满意。"))
        return values
