"""What somebody fills in to plan an inspection, to close it, or to tell of a lecture."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.registry.models import Account
from gongjian.registry.selectors import find_organization
from gongjian.work.inspections.models import Kind, Lecture
from gongjian.work.inspections.selectors.inspections import choosable_places
from gongjian.work.inspections.services.planning import TakingPart


class PartiesField(forms.CharField):
    """One organization a line, whom it sends after a colon."""

    widget = forms.Textarea(attrs={"rows": 4, "placeholder": _("样例燃气公司：张样例、李样例")})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return [self._party(line) for line in lines]

    @staticmethod
    def _party(line: str) -> TakingPart:
        name, _sign, people = line.replace("：", ":").partition(":")
        organization = find_organization(name.strip())
        if organization is None:
            sentence = _now("没有叫“%(name)s”的单位。请先在“底册—单位”里登记。") % {"name": name.strip()}
            raise forms.ValidationError(sentence, code="unknown-organization")
        return TakingPart(organization, people.strip())


class PlanForm(ServiceForm):
    title = forms.CharField(
        label=_("检查名称"), max_length=80, widget=forms.TextInput(attrs={"placeholder": _("例如：沿街门面消防检查")})
    )
    place: Any = forms.ModelChoiceField(None, label=_("地方"))
    spot = forms.CharField(label=_("具体位置"), max_length=120, required=False)
    organization = OrganizationField(label=_("被检查单位"), required=False, help_text=_("查一家单位时写；查一片就空着。"))
    planned_for = forms.DateField(label=_("哪天查"))
    kinds = forms.MultipleChoiceField(
        label=_("查什么"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, initial=["electricity", "gas", "fire"]
    )
    parties = PartiesField(
        label=_("哪些单位去、派谁"), max_length=2000, help_text=_("一行一家；冒号后面写参加的人。查完收尾，每家记一条事迹。")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = choosable_places(account)  # type: ignore[attr-defined]


class CloseForm(ServiceForm):
    statement = forms.CharField(
        label=_("台账里怎么写"), max_length=200, required=False, help_text=_("不填就写成“对某处做电、气、消防安全检查”。")
    )


class LectureForm(ServiceForm):
    title = forms.CharField(label=_("讲什么"), max_length=80)
    form = forms.ChoiceField(
        label=_("形式"), choices=Lecture.Form.choices, widget=forms.RadioSelect, initial=Lecture.Form.LECTURE
    )
    place: Any = forms.ModelChoiceField(None, label=_("地方"))
    organization = OrganizationField(label=_("谁讲的（单位）"))
    held_on = forms.DateField(label=_("哪天"))
    people = forms.IntegerField(label=_("多少人听"), min_value=1, max_value=10_000, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = choosable_places(account)  # type: ignore[attr-defined]


class ItemsForm(ServiceForm):
    items = forms.CharField(
        label=_("检查项"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("一行一项。存成新的一版，查过的检查仍按原来的那版。"),
    )
