"""Going round together: where, who takes part, by which lists, and what was answered."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.inspections.models.checklists import Checklist, Item

Row = TypeVar("Row", bound=models.Model)


class State(models.TextChoices):
    PLANNED = "planned", _("排好了")
    UNDER_WAY = "under_way", _("在查")
    CLOSED = "closed", _("查完了")
    CANCELLED = "cancelled", _("取消")


class Inspection(Stateful):
    """`organization` is whoever is inspected, where it is one. Findings live on after it is closed."""

    State = State

    office = models.ForeignKey(Office, models.PROTECT)
    title = models.CharField(_("检查名称"), max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    spot = models.CharField(_("具体位置"), max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("被检查单位")
    )
    planned_for = models.DateField(_("哪天查"))
    checklists = models.ManyToManyField(Checklist, related_name="+", verbose_name=_("检查表"))
    state = StateField(_("状态"), default=State.PLANNED, choices=State.choices, protected=True)
    planned_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁排的"))
    planned_at = models.DateTimeField(_("什么时候排的"))
    begun_at = models.DateTimeField(_("开始时间"), null=True)
    closed_at = models.DateTimeField(_("查完时间"), null=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("谁收的尾"))

    get_state_display = displaying("state", State)
    objects = OfficeManager()

    class Meta:
        verbose_name = _("检查")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="inspection_closed_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["office", "state", "planned_for", "id"], name="inspection_state"),
            models.Index(fields=["place"], name="inspection_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[State.PLANNED, State.UNDER_WAY], target=State.UNDER_WAY)
    def begin(self) -> None:
        """Somebody answered the first item."""

    @transition(field=state, source=State.UNDER_WAY, target=State.CLOSED)
    def close(self) -> None:
        """Everything was looked at; deeds arise."""

    @transition(field=state, source=State.PLANNED, target=State.CANCELLED)
    def cancel(self) -> None:
        """Before anything was looked at."""


class OfInspection(OfficeManager[Row]):
    office_path = "inspection__office"


class Party(models.Model):
    """An organization that takes part, and whom it sends: names as written on the sheet."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("参检单位"))
    people = models.CharField(_("参加的人"), max_length=120, blank=True)

    objects = OfInspection()

    class Meta:
        verbose_name = _("参检单位")
        constraints = [models.UniqueConstraint(fields=["inspection", "organization"], name="party_once")]

    def __str__(self) -> str:
        return self.organization.called


class Answer(models.Model):
    """One item looked at. The phone says when; of two answers to one item the later one stands, in whatever order they come."""

    class Verdict(models.TextChoices):
        FINE = "fine", _("没问题")
        PROBLEM = "problem", _("有问题")
        ABSENT = "absent", _("这里没有")

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    verdict = models.CharField(_("怎么样"), max_length=8, choices=Verdict)
    answered_at = models.DateTimeField(_("什么时候看的"))
    received_at = models.DateTimeField(_("什么时候收到"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    get_verdict_display = displaying("verdict", Verdict)
    objects = OfInspection()

    class Meta:
        verbose_name = _("检查结果")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="answer_once"),
            models.CheckConstraint(condition=models.Q(answered_at__lte=models.F("received_at")), name="answer_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"
