"""Programmes and the projects in them: where, for how much, from whose money, by whom."""

from decimal import Decimal

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.quantities import Approximation, Quantity, Unit
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, PartyOrganization, Place
from gongjian.work.projects.kinds import Kind, Part, Source


class Programme(models.Model):
    """What several projects belong to, e.g. 三项工程、一项管理."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("名称"), max_length=60)
    aim = models.TextField(_("要做成什么"), max_length=1000, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("工程计划")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="programme_name_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Project(Stateful):
    """`budget` is what it may cost; where the money comes from stands in its fundings."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备")
        UNDER_WAY = "under_way", _("在建")
        FINISHED = "finished", _("已完工")
        STOPPED = "stopped", _("停办")

    office = models.ForeignKey(Office, models.PROTECT)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("工程计划")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    title = models.CharField(_("名称"), max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    aim = models.TextField(_("要做成什么"), max_length=2000, blank=True)
    begins_on = models.DateField(_("计划开工"))
    ends_on = models.DateField(_("计划完工"))
    budget = models.DecimalField(_("预算（元）"), max_digits=14, decimal_places=2, null=True, blank=True)
    party_branch = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("党组织")
    )
    state = StateField(_("状态"), default=State.PLANNED, choices=State.choices, protected=True)
    finished_on = models.DateField(_("完工日期"), null=True)
    stopped_because = models.CharField(_("停办的原因"), max_length=200, blank=True)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("立项人"))
    opened_at = models.DateTimeField(_("立项时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("项目")
        constraints = [
            models.UniqueConstraint(fields=["office", "place", "title"], name="project_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("begins_on")), name="project_days_in_order"),
            models.CheckConstraint(condition=models.Q(budget__isnull=True) | models.Q(budget__gt=0), name="project_budget"),
            models.CheckConstraint(
                condition=models.Q(state="finished", finished_on__isnull=False)
                | (~models.Q(state="finished") & models.Q(finished_on__isnull=True)),
                name="project_finished_has_day",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "ends_on", "id"], name="project_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.UNDER_WAY)

    @transition(field=state, source=State.PLANNED, target=State.UNDER_WAY)
    def start(self) -> None:
        """Works begin."""

    @transition(field=state, source=[State.PLANNED, State.UNDER_WAY], target=State.FINISHED)
    def finish(self) -> None:
        """A small one is finished the day it begins."""

    @transition(field=state, source=[State.PLANNED, State.UNDER_WAY], target=State.STOPPED)
    def stop(self) -> None:
        """It will not be built; `stopped_because` says why."""


class Participant(models.Model):
    """An organization in a project, and its part. One organization may have several."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="participants")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    part = models.CharField(_("身份"), max_length=10, choices=Part)

    class Meta:
        verbose_name = _("参与单位")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "organization", "part"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.organization.called}"


class Funding(models.Model):
    """Money that comes into a project, and from whom."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="fundings")
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("出资单位")
    )
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2)
    approximation = models.CharField(_("准不准"), max_length=8, choices=Approximation, default=Approximation.EXACT)
    note = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("项目资金")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="funding_positive"),
            models.CheckConstraint(
                condition=~models.Q(source="own") | models.Q(organization__isnull=False), name="funding_own_has_organization"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.quantity}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(Decimal(self.amount), Unit.YUAN, Approximation(self.approximation))
