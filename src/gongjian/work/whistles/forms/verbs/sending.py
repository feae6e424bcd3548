"""Dispatching: the lead, and as many supporters as it takes."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.deadlines import Limit, TimeUnit
from gongjian.ledger.forms.fields import OrganizationField
from gongjian.work.whistles.forms.verbs.base import ActForm
from gongjian.work.whistles.services import Sending

EMPTY_ROWS = 3
MOST_ROWS = 12
UNITS = [("", gettext_lazy("天、小时……")), *TimeUnit.choices]


class SendingFields(forms.Form):
    """One organization with its task and limit."""

    organization = OrganizationField(label=gettext_lazy("单位"), required=False)
    task = forms.CharField(label=gettext_lazy("要办的事"), max_length=300, required=False)
    amount = forms.IntegerField(
        label=gettext_lazy("时限"), min_value=1, max_value=999, required=False, help_text=gettext_lazy("空着就按类别的时限。")
    )
    unit = forms.ChoiceField(label=gettext_lazy("时限单位"), choices=UNITS, required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("amount") and not values.get("unit"):
            self.add_error("unit", _("请选是天还是小时。"))
        if not values.get("organization") and "organization" in values and (values.get("task") or values.get("amount")):
            self.add_error("organization", _("请写派给哪个单位。"))
        return values


def sending_of(values: dict[str, Any]) -> Sending | None:
    if not values.get("organization"):
        return None
    limit = Limit(values["amount"], values["unit"]) if values.get("amount") else None
    return Sending(values["organization"], values["task"], limit)


class Supporters(BaseFormSet):  # type: ignore[type-arg]
    """Rows of supporters; an empty row is nobody."""

    def sendings(self) -> list[Sending]:
        return [sent for form in self.forms if (sent := sending_of(form.cleaned_data))]

    def refuse_repeated(self, lead: Any) -> bool:
        """True if an organization stands here twice, or is the lead; said beside the row."""
        known, refused = {getattr(lead, "pk", None)}, False
        for form in self.forms:
            organization = form.cleaned_data.get("organization")
            if organization and organization.pk in known:
                form.add_error("organization", _("同一个单位只派一次：牵头和配合不能重复。"))
                refused = True
            known.add(organization.pk if organization else None)
        return refused


SupporterRows: Any = formset_factory(
    SendingFields, formset=Supporters, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class CallInForm(ActForm, SendingFields):
    """A supporter more."""

    field_order = ("organization", "task", "amount", "unit")

    def prepare(self) -> None:
        self.fields["organization"].required = True

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        return {"submission": values.get("submission"), "supporter": sending_of(values)} if not self.errors else values


class DispatchForm(ActForm, SendingFields):
    """`rows` are the supporters; cleans to the service's `lead` and `supporters`."""

    field_order = ("organization", "task", "amount", "unit")

    def __init__(
        self, data: Any = None, files: Any = None, *, rows: list[dict[str, str]] | None = None, **options: Any
    ) -> None:
        self.rows = SupporterRows(data, prefix="rows", initial=rows)
        super().__init__(data, files, **options)

    def prepare(self) -> None:
        lead = self.fields["organization"]
        lead.required, lead.label = True, _("牵头单位")
        self.fields["task"].label = _("要牵头单位办的事")
        category = self.thing.category
        if category and category.lead and not self._objected(category.lead.pk):
            self.initial.setdefault("organization", category.lead)
            lead.help_text = _("建议：%(lead)s（“%(category)s”类默认由它牵头）。首接负责，一直管到办完。") % {
                "lead": category.lead.called,
                "category": category,
            }

    def _objected(self, organization: int) -> bool:
        """Nobody is suggested who has just said that it is not theirs."""
        return bool(self.thing.dispatches.filter(organization=organization).exclude(objection="").exists())

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.rows.is_valid() or self.rows.refuse_repeated(values.get("organization")):
            self.add_error(None, _("配合单位有一行要改，请看下面。"))
        if self.errors:
            return values
        return {"submission": values["submission"], "lead": sending_of(values), "supporters": self.rows.sendings()}

    @classmethod
    def with_more_rows(cls, data: QueryDict, **options: Any) -> "DispatchForm":
        """What was typed so far, not judged yet, and three empty rows more."""
        names = ("organization", "task", "amount", "unit")
        total = data.get("rows-TOTAL_FORMS", "")
        count = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() else 0
        rows = [{name: data.get(f"rows-{number}-{name}", "") for name in names} for number in range(count)]
        return cls(rows=rows, initial={name: data.get(name, "") for name in names}, **options)
