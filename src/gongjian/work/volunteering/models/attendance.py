"""Who was there, from when to when, who says so, and the deed that came of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.ledger.models import Deed
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.volunteering.models.assignments import Span
from gongjian.work.volunteering.models.managers import OfAttendance
from gongjian.work.volunteering.models.shifts import Shift
from gongjian.work.volunteering.models.volunteers import Volunteer

MINUTES_AN_HOUR = Decimal(60)


LATEST_OUT = timedelta(hours=4)
"""After the shift's end; who has not left by then is taken out by the system."""


class Means(models.TextChoices):
    CODE = "code", _("扫动态码")
    PIN = "pin", _("固定码加口令")
    LIST = "list", _("组织方点名")
    MANUAL = "manual", _("事后补录")
    AUTOMATIC = "auto", _("没有签退，算到下班")


class Minutes(models.Func):
    """A number of minutes as an interval."""

    template = "make_interval(mins => %(expressions)s)"
    output_field = models.DurationField()


class Attendance(models.Model):
    """Time served in a shift. `began` and `ended` lie within the shift: who comes early waits, travel is not counted.

    `minutes` are rounded by the activity's rule. `shift_ends` is the shift's, kept by triggers, and is how long
    somebody who did not leave yet counts as being there.
    """

    class State(models.TextChoices):
        HERE = "here", _("在岗")
        LEFT = "left", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("不予认定")

    class Quality(models.TextChoices):
        GOOD = "good", _("好")
        FAIR = "fair", _("一般")
        POOR = "poor", _("差")

    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="attendances", verbose_name=_("班次"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="attendances", verbose_name=_("志愿者"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代表单位")
    )
    team = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所属队伍"))
    state = models.CharField(_("状态"), max_length=9, choices=State)
    began = models.DateTimeField(_("开始服务"))
    ended = models.DateTimeField(_("结束服务"), null=True)
    shift_ends = models.DateTimeField(editable=False)
    minutes = models.PositiveSmallIntegerField(_("计入分钟"), null=True)
    came_by = models.CharField(_("签到方式"), max_length=6, choices=Means)
    left_by = models.CharField(_("签退方式"), max_length=6, choices=Means, blank=True)
    late_entry = models.BooleanField(_("迟录"), default=False)
    bulk_entry = models.BooleanField(_("批量录入"), default=False)
    no_check_out = models.BooleanField(_("没有签退"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    quality = models.CharField(_("服务质量"), max_length=5, choices=Quality, blank=True)
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("记录人"))
    entered_at = models.DateTimeField(_("记录时间"))
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    deed = models.ForeignKey(Deed, models.PROTECT, null=True, related_name="volunteering_attendances", verbose_name=_("事迹"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("到岗记录")
        ordering = ["-began", "pk"]
        constraints = [
            ExclusionConstraint(
                name="attendance_one_place_at_a_time",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    (Span("began", Coalesce("ended", "shift_ends")), RangeOperators.OVERLAPS),
                ],
                condition=~models.Q(state="refused"),
            ),
            models.UniqueConstraint(
                fields=["shift", "volunteer"], condition=models.Q(state="here"), name="attendance_here_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(ended__gte=models.F("began")),
                name="attendance_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["here", "refused"])
                | (models.Q(ended__isnull=False, minutes__isnull=False) & ~models.Q(left_by="")),
                name="attendance_left_has_minutes",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True) | models.Q(ended__gte=models.F("began") + Minutes("minutes")),
                name="attendance_minutes_fit",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="attendance_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~(models.Q(came_by="manual") | models.Q(left_by="manual"))
                | models.Q(confirmed_by__isnull=True)
                | (models.Q(entered_by__isnull=False) & ~models.Q(confirmed_by=models.F("entered_by"))),
                name="attendance_manual_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(deed__isnull=True) | models.Q(state="confirmed"), name="attendance_deed_is_confirmed"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-began"], name="attendance_state"),
            models.Index(fields=["volunteer", "-began"], name="attendance_volunteer"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stay_within_shift",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("shift_id", "began", "ended"),
                declare=[("opens", "timestamptz"), ("closes", "timestamptz")],
                func="""
                SELECT begins, ends INTO opens, closes FROM volunteering_shift WHERE id = NEW.shift_id FOR SHARE;
                IF NEW.began < opens OR COALESCE(NEW.ended, NEW.began) > closes THEN
                    RAISE EXCEPTION 'attendance_within_shift: hours lie outside their shift'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_within_shift';
                END IF;
                NEW.shift_ends := closes;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.shift_id} {self.get_state_display()}"

    @property
    def hours(self) -> Decimal:
        """Exact: the rounding rules yield whole quarters."""
        return Decimal(self.minutes or 0) / MINUTES_AN_HOUR


class Stamp(models.Model):
    """One scan or tick as it came: when it happened, when it reached us, by what. `slip` is the device's own number for it.

    The position is there only if the volunteer consented.
    """

    class Direction(models.TextChoices):
        IN = "in", _("签到")
        OUT = "out", _("签退")

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="stamps")
    direction = models.CharField(_("签到或签退"), max_length=3, choices=Direction)
    means = models.CharField(_("方式"), max_length=6, choices=Means)
    happened_at = models.DateTimeField(_("发生时间"))
    received_at = models.DateTimeField(_("收到时间"))
    slip: Any = models.UUIDField(null=True, unique=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人"))
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True)

    objects = OfAttendance()

    class Meta:
        verbose_name = _("签到签退")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "direction"], name="stamp_once"),
            models.CheckConstraint(
                condition=models.Q(received_at__gte=models.F("happened_at")), name="stamp_received_after_it_happened"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.happened_at}"
