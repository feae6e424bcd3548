"""Milestones, and the task ledger: one responsible person, one date, one state, every change kept."""

from datetime import date, datetime, time, timedelta

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel import clock
from gongjian.kernel.due import Due, due
from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.projects.models.projects import Project


class Milestone(models.Model):
    """A day by which something visible stands; reached once."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(_("节点"), max_length=80)
    due_on = models.DateField(_("计划哪天到"))
    reached_on = models.DateField(_("哪天到的"), null=True)

    class Meta:
        verbose_name = _("节点")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "title"], name="milestone_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def how_soon(self) -> Due:
        return due(end_of(self.due_on), clock.now())


@pghistory.track()
class Task(Stateful):
    """`organization` is who does it, where that is a unit and not only the person; its deed may follow when it is done."""

    class State(models.TextChoices):
        TODO = "todo", _("待办")
        DOING = "doing", _("在办")
        DONE = "done", _("办完")
        DROPPED = "dropped", _("不办了")

    OPEN = [State.TODO, State.DOING]

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="tasks", verbose_name=_("项目"))
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("节点")
    )
    title = models.CharField(_("任务"), max_length=120)
    details = models.TextField(_("怎么办、办到什么样"), max_length=1000, blank=True)
    responsible = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位")
    )
    begins_on = models.DateField(_("从哪天起"), null=True, blank=True)
    due_on = models.DateField(_("完成时限"))
    state = StateField(_("状态"), default=State.TODO, choices=State.choices, protected=True)
    done_on = models.DateField(_("哪天办完"), null=True)
    result = models.CharField(_("办成什么样"), max_length=300, blank=True)
    given_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("派任务的人"))
    given_at = models.DateTimeField(_("派任务的时间"))

    objects = OfficeManager()
    get_state_display = displaying("state", State)

    class Meta:
        verbose_name = _("任务")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_on__isnull=True) | models.Q(due_on__gte=models.F("begins_on")),
                name="task_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_on__isnull=False)
                | (~models.Q(state="done") & models.Q(done_on__isnull=True)),
                name="task_done_has_day",
            ),
            models.UniqueConstraint(
                fields=["project", "title"], condition=models.Q(state__in=["todo", "doing"]), name="task_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_on", "id"], name="task_by_day"),
            models.Index(fields=["office", "state", "due_on", "id"], name="task_by_state"),
            models.Index(fields=["responsible", "state", "due_on"], name="task_of_person"),
            models.Index(fields=["project", "due_on", "id"], name="task_of_project"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def how_soon(self) -> Due:
        return due(end_of(self.due_on), clock.now())

    @transition(field=state, source=State.TODO, target=State.DOING)
    def start(self) -> None:
        """Somebody is at it."""

    @transition(field=state, source=OPEN, target=State.DONE)
    def finish(self) -> None:
        """A short one is done without a beginning."""

    @transition(field=state, source=OPEN, target=State.DROPPED)
    def drop(self) -> None:
        """`result` says why."""

    @transition(field=state, source=[State.DONE, State.DROPPED], target=State.DOING)
    def reopen(self) -> None:
        """It turned out not to be done. Not once a deed stands on it."""


def end_of(day: date) -> datetime:
    """The midnight with which a day ends, in the office's time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
