"""The site as a whole, and rules of relief."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ManyFilesField, ServiceForm
from gongjian.registry.models import Account, Organization, Role
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.forms.fields import DayField, StepsField


def _owners(account: Account, project: Project) -> Any:
    """Whose premises are settled in the project, as far as the account may act for them."""
    found = Organization.objects.filter(pk__in=project.settlements.values("organization"))
    if account.holds(Role.OFFICE_CLERK, Role.COMMUNITY_WORKER):
        return found
    return found.filter(pk__in=account.organization_ids())


class SiteForm(ServiceForm):
    organization: Any = forms.ModelChoiceField(None, label=_("产权单位"))

    def __init__(self, *args: Any, account: Account, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _owners(account, project)  # type: ignore[attr-defined]


class VisitForm(SiteForm):
    visited_on = DayField(label=_("哪天去的"), initial=clock.today)
    people = forms.CharField(label=_("谁去的"), max_length=80)
    found = forms.CharField(label=_("看到什么、怎么处理"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    photo = forms.FileField(label=_("现场照片"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


class FinishForm(SiteForm):
    rounded = forms.BooleanField(
        label=_("押金合计说成“近几万元”"), required=False, help_text=_("只有离整万不到百分之五的才这样说，否则写准数。")
    )
    photos = ManyFilesField(label=_("腾退后的照片"), required=False)


class ReliefForm(ServiceForm):
    name = forms.CharField(label=_("名称"), max_length=40)
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件的名称和文号。"))
    steps = StepsField(label=_("怎么减"), help_text=_("一行一段，写几个月、还付百分之几，比如：3个月 0%"))
