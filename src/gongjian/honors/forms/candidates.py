"""Nominating, writing the statement, and shutting out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.honors.forms.campaigns import model_fields
from gongjian.honors.models import Campaign, Candidate, Category
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Account, Person
from gongjian.registry.selectors import organizations, people


class FullName(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Persons by name and unit, for those who handle nominations."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}（{obj.organization.called}）" if obj.organization else obj.name


class NominationForm(ServiceForm):
    """Either an organization or a person, as the category wants; the service says which."""

    def __init__(self, data: Any = None, *, account: Account, campaign: Campaign, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(campaign=campaign), label=_("参评哪一类"), empty_label=None, widget=forms.RadioSelect
        )
        self.fields["organization"] = forms.ModelChoiceField(
            organizations(), label=_("单位"), required=False, help_text=_("评集体的选单位；评个人的空着。")
        )
        self.fields["person"] = FullName(
            people(account), label=_("个人"), required=False, help_text=_("评个人的选人；评集体的空着。")
        )
        self.fields |= model_fields(Candidate, "way", "rank", "headline", "reason")
        self.fields["reason"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 300})


class CandidateForm(ServiceForm):
    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.fields |= model_fields(Candidate, "headline", "rank", "reason")
        self.fields["reason"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 300})


class ReasonForm(ServiceForm):
    """One sentence why."""

    reason = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class StatementForm(ServiceForm):
    """`base` is the version that the writer saw. The length is the service's to refuse, so that nothing typed is cut off."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("事迹材料"), widget=forms.Textarea(attrs={"rows": 16}))


class VetoForm(ServiceForm):
    note = forms.CharField(label=_("依据"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, reasons: tuple[str, ...], **rest: Any) -> None:
        super().__init__(data, **rest)
        choices = [(reason, reason) for reason in reasons]
        self.fields = {"reason": forms.ChoiceField(label=_("情形"), choices=choices, widget=forms.RadioSelect), **self.fields}
