"""Shifts: from when to when, at which post, how many, and who must be among them."""

import secrets
from datetime import timedelta

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Office
from gongjian.work.volunteering.models.activities import Activity, Post
from gongjian.work.volunteering.models.managers import OfShift
from gongjian.work.volunteering.models.volunteers import Skill, Volunteer

LONGEST = timedelta(hours=24)


def new_secret() -> str:
    return secrets.token_hex(20)


class Shift(models.Model):
    """`booked` is kept by a trigger on assignments; that it never exceeds `most` is what makes overbooking impossible.

    Assignments and attendances follow the shift's window: triggers move the former and refuse to leave out the latter.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="shifts", verbose_name=_("活动"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name=_("岗位"))
    begins = models.DateTimeField(_("开始"))
    ends = models.DateTimeField(_("结束"))
    least = models.PositiveSmallIntegerField(_("最少几人"), default=1)
    most = models.PositiveSmallIntegerField(_("最多几人"), validators=[MinValueValidator(1)])
    booked = models.PositiveSmallIntegerField(default=0, editable=False)
    secret = models.CharField(max_length=40, default=new_secret, editable=False)
    pin = models.CharField(_("签到口令"), max_length=6, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True, editable=False)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("班次")
        ordering = ["begins", "post", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "post", "begins"],
                condition=models.Q(cancelled_at__isnull=True),
                nulls_distinct=False,
                name="shift_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins"), ends__lte=models.F("begins") + LONGEST),
                name="shift_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=models.Q(least__lte=models.F("most"), most__gte=1), name="shift_least_fits_most"),
            models.CheckConstraint(condition=models.Q(booked__lte=models.F("most")), name="shift_never_overbooked"),
        ]
        indexes = [models.Index(fields=["office", "begins"], name="shift_when")]
        triggers = [
            pgtrigger.Trigger(
                name="keep_attendances_inside",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("begins", "ends"),
                func="""
                IF EXISTS (
                    SELECT FROM volunteering_attendance a WHERE a.shift_id = NEW.id AND a.state <> 'refused'
                    AND (a.began < NEW.begins OR COALESCE(a.ended, a.began) > NEW.ends)
                ) THEN RAISE EXCEPTION 'attendance_within_shift: somebody served outside these times'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_within_shift';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="move_assignments",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("begins", "ends"),
                func="""
                UPDATE volunteering_assignment SET begins = NEW.begins, ends = NEW.ends WHERE shift_id = NEW.id;
                UPDATE volunteering_attendance SET shift_ends = NEW.ends WHERE shift_id = NEW.id AND ended IS NULL;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        begins, ends = timezone.localtime(self.begins), timezone.localtime(self.ends)
        return f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}"

    @property
    def free(self) -> int:
        return self.most - self.booked

    @property
    def lasts(self) -> timedelta:
        return self.ends - self.begins


class ShiftNeed(models.Model):
    """At least so many of those who come must have the skill."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="needs")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+", verbose_name=_("技能"))
    at_least = models.PositiveSmallIntegerField(_("至少几人会"), default=1, validators=[MinValueValidator(1)])

    objects = OfShift()

    class Meta:
        verbose_name = _("班次技能")
        constraints = [
            models.UniqueConstraint(fields=["shift", "skill"], name="shift_need_once"),
            models.CheckConstraint(condition=models.Q(at_least__gte=1), name="shift_need_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.at_least}"


class Wish(models.Model):
    """Whether a volunteer would like a shift, or rather not. The roster weighs it; it binds nobody."""

    class Kind(models.TextChoices):
        PREFER = "prefer", _("想上")
        AVOID = "avoid", _("尽量不上")

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="wishes")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="wishes")
    kind = models.CharField(_("意愿"), max_length=6, choices=Kind)

    objects = OfShift()

    class Meta:
        verbose_name = _("意愿")
        constraints = [models.UniqueConstraint(fields=["shift", "volunteer"], name="wish_once")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.get_kind_display()} {self.shift_id}"
