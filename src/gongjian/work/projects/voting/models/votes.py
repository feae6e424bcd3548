"""A vote of owners and what it is about."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel import clock
from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Place
from gongjian.work.projects.models import Project
from gongjian.work.projects.voting.regimes import Matter

MATTERS = {
    Matter.ALTERATION: _("改建、重建建筑物及附属设施（加装电梯属于这一项）"),
    Matter.FUNDS: _("筹集维修资金"),
    Matter.COMMON_USE: _("改变共有部分的用途，或用它经营"),
    Matter.ORDINARY: _("其他共同决定的事"),
}


class OfVote(OfficeManager[Any]):
    office_path = "vote__office"


class Vote(Stateful):
    """Prepared, open, locked with its result, final after the time for objections. Its closing day decides the law."""

    class Scope(models.TextChoices):
        UNIT = "unit", _("单元")
        BUILDING = "building", _("整栋")
        COMPOUND = "compound", _("小区")

    class State(models.TextChoices):
        DRAFT = "draft", _("在准备")
        OPEN = "open", _("在表决")
        LOCKED = "locked", _("公示结果")
        FINAL = "final", _("已定")
        CANCELLED = "cancelled", _("已作废")

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="votes", verbose_name=_("项目"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("哪里"))
    title = models.CharField(_("名称"), max_length=80)
    scope = models.CharField(_("范围"), max_length=10, choices=Scope, default=Scope.UNIT)
    organizer = models.CharField(_("谁组织"), max_length=80)
    opens_at = models.DateTimeField(_("开始"))
    closes_at = models.DateTimeField(_("截止"))
    objection_days = models.PositiveSmallIntegerField(_("公示几天"), default=15)
    state = StateField(_("状态"), default=State.DRAFT, choices=State.choices, protected=True)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"))
    locked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("锁定人"))
    locked_at = models.DateTimeField(_("锁定时间"), null=True)
    objections_until = models.DateTimeField(_("异议收到哪天"), null=True)
    ended_at = models.DateTimeField(_("办结时间"), null=True)
    cancelled_because = models.CharField(_("作废的原因"), max_length=200, blank=True)

    objects = OfficeManager()
    get_state_display = displaying("state", State)

    class Meta:
        verbose_name = _("业主表决")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="vote_times_in_order"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["locked", "final"])
                | models.Q(locked_at__isnull=False, objections_until__isnull=False),
                name="vote_locked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancelled_because=""), name="vote_cancelled_says_why"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-closes_at"], name="vote_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_ballots(self) -> bool:
        return self.state == self.State.OPEN and self.opens_at <= clock.now() <= self.closes_at

    @property
    def is_over(self) -> bool:
        """The time is over; paper from the box may still be entered until it is locked."""
        return self.state == self.State.OPEN and clock.now() > self.closes_at

    @property
    def has_result(self) -> bool:
        return self.state in (self.State.LOCKED, self.State.FINAL)

    @property
    def takes_objections(self) -> bool:
        until: datetime | None = self.objections_until
        return self.state == self.State.LOCKED and until is not None and clock.now() <= until

    @transition(field=state, source=State.DRAFT, target=State.OPEN)
    def open(self) -> None:
        """The roll and the matters stand."""

    @transition(field=state, source=State.OPEN, target=State.LOCKED)
    def lock(self) -> None:
        """Time is over, the paper is checked: no ballot comes any more."""

    @transition(field=state, source=State.LOCKED, target=State.FINAL)
    def finish(self) -> None:
        """Objections were answered."""

    @transition(field=state, source=[State.DRAFT, State.OPEN, State.LOCKED], target=State.CANCELLED)
    def cancel(self) -> None:
        """It counts for nothing; a new one may be held."""


class Motion(models.Model):
    """One thing that is decided. `counted` is the result as it was locked (`printed.result_json`)."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("表决什么"), max_length=160)
    kind = models.CharField(_("哪一类"), max_length=12, choices=list(MATTERS.items()), default=Matter.ALTERATION)
    passed = models.BooleanField(_("通过"), null=True)
    counted = models.JSONField(null=True, editable=False)

    objects = OfVote()

    class Meta:
        verbose_name = _("表决事项")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="motion_number_once")]

    def __str__(self) -> str:
        return self.title
