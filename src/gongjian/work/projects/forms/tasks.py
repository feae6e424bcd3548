"""What is written down about milestones and tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.web.forms import ServiceForm
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.forms.deeds import DeedFieldsForm
from gongjian.work.projects.forms.fields import PhotosField, day_field, long_text
from gongjian.work.projects.models import Milestone, Project, Task
from gongjian.work.projects.selectors.people import candidates
from gongjian.work.projects.selectors.projects import projects
from gongjian.work.projects.selectors.tasks import responsible_people

STATES = [("open", _("没办完的")), ("late", _("过期的")), ("soon", _("三天内到期")), *Task.State.choices, ("all", _("全部"))]
WRITTEN = ("title", "responsible", "due_on", "begins_on", "organization", "milestone", "details")


class TaskFilterForm(forms.Form):
    """A made-up value filters nothing."""

    words = forms.CharField(label=_("找任务、项目"), max_length=40, required=False)
    until = day_field(label=_("哪天前到期"), required=False)
    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything: Any = _("全部")
        self.fields["project"] = forms.ModelChoiceField(
            projects(account), label=_("项目"), required=False, empty_label=everything
        )
        self.fields["responsible"] = forms.ModelChoiceField(
            responsible_people(account), label=_("责任人"), required=False, empty_label=everything
        )
        self.order_fields(["words", "project", "responsible", "until"])

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or empty for name, empty in NOTHING.items()}


NOTHING: dict[str, Any] = {"words": "", "until": None, "state": "", "project": None, "responsible": None}


class TaskForm(ServiceForm):
    title = forms.CharField(label=_("任务"), max_length=120)
    due_on = day_field(label=_("完成时限"))
    begins_on = day_field(label=_("从哪天起"), required=False)
    details = long_text(label=_("怎么办、办到什么样"), max_length=1000, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("只有一个人，名字进他的“我的事”。")
        self.fields["responsible"] = forms.ModelChoiceField(candidates(project), label=_("责任人"), help_text=hint)
        taking_part = Organization.objects.filter(pk__in=[one.organization_id for one in project.participants.all()])
        self.fields["organization"] = forms.ModelChoiceField(taking_part, label=_("责任单位"), required=False)
        self.fields["milestone"] = forms.ModelChoiceField(project.milestones.all(), label=_("哪个节点前"), required=False)
        self.order_fields(["title", "responsible", "due_on", "begins_on", "organization", "milestone", "details"])


def written(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in WRITTEN}


class FinishTaskForm(DeedFieldsForm):
    on = day_field(label=_("哪天办完"))
    result = long_text(label=_("办成什么样"), max_length=300)
    photos = PhotosField()

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, project=task.project, organization=task.organization, **kwargs)
        self.task = task
        self.fields["on"].initial = clock.today

    def named_after(self) -> str:
        return self.task.title


class BecauseForm(ServiceForm):
    because = long_text(label=_("为什么"), max_length=200)


class MilestoneForm(ServiceForm):
    title = forms.CharField(label=_("节点"), max_length=80)
    due_on = day_field(label=_("计划哪天到"))


class MoveMilestoneForm(ServiceForm):
    due_on = day_field(label=_("改到哪天"))


class ReachForm(DeedFieldsForm):
    on = day_field(label=_("哪天到的"))
    photos = PhotosField()

    def __init__(self, *args: Any, milestone: Milestone, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        self.milestone = milestone
        self.fields["on"].initial = clock.today

    def named_after(self) -> str:
        return self.milestone.title
