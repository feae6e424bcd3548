"""What is written down about programmes and projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.quantities import Approximation
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.registry.models import Account, PartyOrganization
from gongjian.work.projects.forms.fields import MoneyField, PhotosField, day_field, long_text, place_field
from gongjian.work.projects.kinds import DEEDS, Kind, Part, Source
from gongjian.work.projects.models import Programme, Project

CHOOSE = ("", _("请选择"))
WRITTEN = ("kind", "title", "programme", "begins_on", "ends_on", "budget", "party_branch", "aim")


class FilterForm(forms.Form):
    """Of the list; a made-up value filters nothing."""

    words = forms.CharField(label=_("找名称、地方"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("全部")), *Kind.choices], required=False)
    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = forms.ModelChoiceField(Programme.objects.all(), label=_("工程计划"), required=False, empty_label=_("全部"))
        self.fields["programme"] = everything

    def asked(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {"words": "", "kind": "", "programme": None, "state": ""}


class ProgrammeForm(ServiceForm):
    name = forms.CharField(label=_("名称"), max_length=60)
    aim = long_text(label=_("要做成什么"), max_length=1000, required=False)


class ProjectForm(ServiceForm):
    """`account`: who opens a new one, whose place is asked too; None while an old one is changed."""

    title = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"), choices=[CHOOSE, *Kind.choices])
    begins_on = day_field(label=_("计划开工"))
    ends_on = day_field(label=_("计划完工"))
    budget = MoneyField(label=_("预算（元）"), required=False, help_text=_("还没有数的空着。"))
    aim = long_text(label=_("要做成什么"), required=False)

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account is not None:
            self.fields["place"] = place_field(account)
        self.fields["programme"] = forms.ModelChoiceField(
            Programme.objects.all(), label=_("属于哪个工程计划"), required=False, empty_label=_("不属于")
        )
        self.fields["party_branch"] = forms.ModelChoiceField(
            standing_branches(), label=_("哪个党组织在抓"), required=False, empty_label=_("还没有")
        )
        self.order_fields(["title", "kind", "place", "programme", "begins_on", "ends_on", "budget", "party_branch", "aim"])


def written(project: Project) -> dict[str, Any]:
    return {name: getattr(project, name) for name in WRITTEN}


def standing_branches() -> Any:
    return PartyOrganization.objects.filter(dissolved__isnull=True).order_by("name")


class ParticipantForm(ServiceForm):
    organization = OrganizationField(label=_("单位"))
    part = forms.ChoiceField(label=_("身份"), choices=Part.choices, widget=forms.RadioSelect)


class FundingForm(ServiceForm):
    source = forms.ChoiceField(label=_("来源"), choices=[CHOOSE, *Source.choices])
    organization = OrganizationField(label=_("出资单位"), required=False, help_text=_("自筹的必须写，别的可以空着。"))
    amount = MoneyField(label=_("金额（元）"))
    approximation = forms.ChoiceField(
        label=_("准不准"), choices=Approximation.choices, initial=Approximation.EXACT, required=False
    )
    note = forms.CharField(
        label=_("说明"), max_length=120, required=False, help_text=_("自筹的完工时记入台账，可以写成“自筹{数}改造立面”。")
    )

    def clean_approximation(self) -> str:
        return self.cleaned_data["approximation"] or Approximation.EXACT


class BranchForm(ServiceForm):
    on = day_field(label=_("哪天成立的"))
    organization = OrganizationField(label=_("记在哪个单位名下"))
    statement = forms.CharField(label=_("事迹怎么写"), max_length=200, required=False, help_text=_("空着就用现成的一句。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"] = forms.ModelChoiceField(standing_branches(), label=_("党组织"))
        self.order_fields(["branch"])


class FinishForm(ServiceForm):
    on = day_field(label=_("完工日期"))
    statement = forms.CharField(label=_("事迹怎么写"), max_length=200, required=False)
    photos = PhotosField()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today
        if project.kind in DEEDS:
            self.fields["statement"].help_text = _("记在牵头单位名下；数量写 {数}。空着就用现成的一句。")
        else:
            del self.fields["statement"]


class StopForm(ServiceForm):
    because = long_text(label=_("为什么停办"), max_length=200)
