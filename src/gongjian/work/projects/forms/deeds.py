"""The fields by which something that is done goes into the ledger, in the same form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import Approximation
from gongjian.kernel.web.forms import ServiceForm
from gongjian.ledger.forms.fields import KindField
from gongjian.registry.models import Organization
from gongjian.work.projects.deeds import Told
from gongjian.work.projects.models import Project

FIELDS = ("kind", "organization", "statement", "quantity", "approximation")


class DeedFieldsForm(ServiceForm):
    """`told` in the values is None where no kind was chosen."""

    def __init__(self, *args: Any, project: Project, organization: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = Organization.objects.filter(pk__in=[one.organization_id for one in project.participants.all()])
        if organization is not None:
            taking_part = taking_part | Organization.objects.filter(pk=organization.pk)
        hint = _("选了，就记一条事迹，等社区确认；空着就不记。")
        self.fields |= {
            "kind": KindField(label=_("记成哪一类事迹"), required=False, empty=_("不记事迹"), help_text=hint),
            "organization": forms.ModelChoiceField(
                taking_part, label=_("记在哪个单位名下"), required=False, initial=organization
            ),
            "statement": forms.CharField(
                label=_("事迹怎么写"), max_length=200, required=False, help_text=_("数量写 {数}，日期写 {日}。空着就用名称。")
            ),
            "quantity": forms.DecimalField(
                label=_("数量"), required=False, help_text=_("种类后面括号里写着计量单位；没有括号的不填数量。")
            ),
            "approximation": forms.ChoiceField(
                label=_("准不准"), choices=Approximation.choices, initial=Approximation.EXACT, required=False
            ),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        said = {name: values.pop(name, None) for name in FIELDS}
        values["told"] = self._told(said) if said["kind"] else None
        return values

    def _told(self, said: dict[str, Any]) -> Told:
        statement = said["statement"] or self.named_after()
        approximation = said["approximation"] or Approximation.EXACT
        return Told(said["kind"], statement, said["quantity"], approximation, said["organization"])

    def named_after(self) -> str:
        """What stands in the ledger where nothing was written."""
        raise NotImplementedError
