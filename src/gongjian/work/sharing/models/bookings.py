"""Bookings: who uses a venue when. Two that hold the same time cannot exist."""

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel import clock
from gongjian.kernel.masking import mask_name, mask_number
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.sharing.models.venues import Venue


class State(models.TextChoices):
    REQUESTED = "requested", _("等同意")
    WAITING = "waiting", _("排队候补")
    BOOKED = "booked", _("约好了")
    USED = "used", _("用过了")
    NO_SHOW = "no_show", _("没有来")
    CANCELLED = "cancelled", _("已取消")
    REFUSED = "refused", _("没有同意")
    LAPSED = "lapsed", _("没有排到")


HOLDING = (State.REQUESTED, State.BOOKED, State.USED, State.NO_SHOW)
"""States in which nobody else can have the time."""
AHEAD = (State.REQUESTED, State.WAITING, State.BOOKED)
"""States from which it can still be given up."""


class Booking(Stateful):
    """A stretch of time in a venue. Followed and cancelled by its secret `token`, or by the account that made it.

    `period` is half open: one that ends at ten leaves ten o'clock free.
    """

    State = State

    office = models.ForeignKey(Office, models.PROTECT)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="bookings", verbose_name=_("场地"))
    period = DateTimeRangeField(_("时间"))
    state = StateField(_("状态"), default=State.REQUESTED, choices=State.choices, protected=True)
    title = models.CharField(_("做什么用"), max_length=60)
    people = models.PositiveSmallIntegerField(_("大约几个人"), validators=[MinValueValidator(1)])
    name = EncryptedCharField(_("联系人"), max_length=40, null=True)
    phone = EncryptedCharField(_("电话"), max_length=20, null=True)
    phone_mark = models.CharField(max_length=64, editable=False, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("预约账号"))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("预约单位"))
    token = models.CharField(max_length=43, unique=True, editable=False)
    series = models.CharField(max_length=43, blank=True, editable=False)
    """The token of the first of those that were made together; empty for one that stands alone."""
    asked_at = models.DateTimeField(_("提出时间"))
    decided_at = models.DateTimeField(_("答复时间"), null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("答复人"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    visitors = models.PositiveIntegerField(_("到场人次"), null=True)
    counted_at = models.DateTimeField(_("登记到场时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("场地预约")
        constraints = [
            ExclusionConstraint(
                name="booking_never_overlaps",
                expressions=[("venue", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=[str(state) for state in HOLDING]),
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="booking_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(state="used", visitors__isnull=False)
                | (~models.Q(state="used") & models.Q(visitors__isnull=True)),
                name="booking_used_is_counted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""), name="booking_refused_says_why"
            ),
            models.CheckConstraint(condition=models.Q(people__gt=0), name="booking_has_people"),
        ]
        indexes = [
            models.Index(fields=["venue", "asked_at", "id"], condition=models.Q(state="waiting"), name="booking_waiting"),
            models.Index(fields=["office", "state", "period"], name="booking_state"),
            models.Index(fields=["office", "-period"], name="booking_newest"),
            models.Index(fields=["office", "phone_mark"], condition=~models.Q(phone_mark=""), name="booking_phone"),
            models.Index(fields=["series"], condition=~models.Q(series=""), name="booking_series"),
            models.Index(fields=["account"], condition=models.Q(account__isnull=False), name="booking_account"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def begins(self) -> datetime:
        return timezone.localtime(self.period.lower)

    @property
    def ends(self) -> datetime:
        return timezone.localtime(self.period.upper)

    @property
    def ends_at(self) -> str:
        """By the clock on the wall; the end of the day is 24:00, not the next day's beginning."""
        return "24:00" if self.ends.date() > self.begins.date() else f"{self.ends:%H:%M}"

    @property
    def lasts(self) -> timedelta:
        """What really passes, also where clocks are changed meanwhile."""
        return timedelta(seconds=self.period.upper.timestamp() - self.period.lower.timestamp())

    @property
    def masked_name(self) -> str:
        return mask_name(self.name or "")

    @property
    def masked_phone(self) -> str:
        return mask_number(self.phone or "")

    @property
    def has_begun(self) -> bool:
        return bool(self.period.lower <= clock.now())

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @transition(field=state, source=State.REQUESTED, target=State.WAITING)
    def queue(self) -> None:
        """The time is taken; whoever asked waits for it."""

    @transition(field=state, source=[State.REQUESTED, State.WAITING], target=State.BOOKED)
    def accept(self) -> None:
        """It stands."""

    @transition(field=state, source=State.WAITING, target=State.REQUESTED)
    def move_up(self) -> None:
        """The time came free, and the owner must agree first."""

    @transition(field=state, source=State.REQUESTED, target=State.REFUSED)
    def refuse(self) -> None:
        """The owner does not agree."""

    @transition(field=state, source=list(AHEAD), target=State.CANCELLED)
    def cancel(self) -> None:
        """Given up, or taken back by the owner."""

    @transition(field=state, source=[State.REQUESTED, State.WAITING], target=State.LAPSED)
    def lapse(self) -> None:
        """Its time came before it stood."""

    @transition(field=state, source=[State.BOOKED, State.NO_SHOW, State.USED], target=State.USED)
    def use(self) -> None:
        """People came; counted until the month is settled."""

    @transition(field=state, source=[State.BOOKED, State.USED, State.NO_SHOW], target=State.NO_SHOW)
    def miss(self) -> None:
        """Nobody came."""
