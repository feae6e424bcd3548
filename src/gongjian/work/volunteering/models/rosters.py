"""A proposed roster: made by the solver, looked at and changed by a person, adopted or dropped."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.scoping import OfficeManager, Row
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office
from gongjian.work.volunteering.models.activities import Activity
from gongjian.work.volunteering.models.shifts import Shift
from gongjian.work.volunteering.models.volunteers import Volunteer

HOURS = [MinValueValidator(1), MaxValueValidator(1000)]


class OfRoster(OfficeManager[Row]):
    office_path = "roster__office"


class Roster(Stateful):
    """`gaps` are the solver's reasons for empty seats when it ended: shift, skill, missing, left_out by rule."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待排班")
        SOLVING = "solving", _("正在排班")
        READY = "ready", _("待采用")
        ADOPTED = "adopted", _("已采用")
        DROPPED = "dropped", _("已放弃")
        FAILED = "failed", _("没有排成")

    class Scope(models.TextChoices):
        WHOLE = "whole", _("全部重排（固定的除外）")
        GAPS = "gaps", _("只补缺口，别的尽量不动")

    office = models.ForeignKey(Office, models.PROTECT)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="rosters", verbose_name=_("活动"))
    first = models.DateField(_("从哪天"))
    last = models.DateField(_("到哪天"))
    scope = models.CharField(_("怎么排"), max_length=5, choices=Scope, default=Scope.WHOLE)
    rest_hours = models.PositiveSmallIntegerField(_("两班之间至少休息几小时"), default=8, validators=[MaxValueValidator(48)])
    hours_a_day = models.PositiveSmallIntegerField(_("一天最多几小时"), null=True, blank=True, default=8, validators=HOURS)
    hours_a_week = models.PositiveSmallIntegerField(_("一周最多几小时"), null=True, blank=True, default=24, validators=HOURS)
    hours_in_all = models.PositiveSmallIntegerField(_("这次最多几小时"), null=True, blank=True, validators=HOURS)
    state = StateField(_("状态"), default=State.WAITING, choices=State.choices, protected=True)
    steady = models.BooleanField(default=False, editable=False)
    seconds = models.PositiveSmallIntegerField(default=30, editable=False)
    gap = models.DecimalField(_("离最好最多差"), max_digits=7, decimal_places=4, null=True, editable=False)
    took = models.DurationField(null=True, editable=False)
    gaps: Any = models.JSONField(default=list, editable=False)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发起人"))
    created_at = models.DateTimeField(_("发起时间"))
    started_at = models.DateTimeField(null=True, editable=False)
    solved_at = models.DateTimeField(_("排好时间"), null=True, editable=False)
    adopted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("采用人"))
    adopted_at = models.DateTimeField(_("采用时间"), null=True, editable=False)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("排班方案")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="roster_days_in_order"),
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="roster_adopted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=models.Q(state__in=["waiting", "solving", "ready"]),
                name="roster_one_open_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.first}–{self.last}"

    @property
    def percent_of_gap(self) -> Decimal | None:
        return None if self.gap is None else (self.gap * 100).quantize(Decimal("0.1"))

    @transition(field=state, source=State.WAITING, target=State.SOLVING)
    def start(self) -> None:
        """The solver has it in hand."""

    @transition(field=state, source=State.SOLVING, target=State.READY)
    def finish(self) -> None:
        """A person decides."""

    @transition(field=state, source=[State.WAITING, State.SOLVING], target=State.FAILED)
    def fail(self) -> None:
        """Nothing came of it; another may be started."""

    @transition(field=state, source=State.READY, target=State.ADOPTED)
    def adopt(self) -> None:
        """Its places are places in shifts now."""

    @transition(field=state, source=[State.WAITING, State.SOLVING, State.READY], target=State.DROPPED)
    def drop(self) -> None:
        """Nothing of it counts."""


class RosterPlace(models.Model):
    """One volunteer in one shift of a proposal. `locked`: the next search leaves it as it is."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="places")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")
    locked = models.BooleanField(_("固定"), default=False)

    objects = OfRoster()

    class Meta:
        verbose_name = _("方案中的一个位置")
        constraints = [models.UniqueConstraint(fields=["roster", "shift", "volunteer"], name="roster_place_once")]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.volunteer_id}"


class RosterBar(models.Model):
    """Taken out of a shift by hand: no search puts this person there again."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="bars")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")

    objects = OfRoster()

    class Meta:
        verbose_name = _("方案中不排的人")
        constraints = [models.UniqueConstraint(fields=["roster", "shift", "volunteer"], name="roster_bar_once")]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.volunteer_id}"
