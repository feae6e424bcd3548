"""Shared premises: who gives them, when they are open, by which rules they are booked."""

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Place

MIDNIGHT = 24 * 60
"""Minutes of a day; a closing time of MIDNIGHT is the end of the day."""


class OfVenue(OfficeManager[Any]):
    office_path = "venue__office"


class Venue(models.Model):
    """A room or floor that an organization shares, with the rules by which it is booked."""

    class Kind(models.TextChoices):
        ROOM = "room", _("活动室")
        DAY_CARE = "day_care", _("日间照料中心")
        READING = "reading", _("书吧")
        CANTEEN = "canteen", _("养老配餐")
        CENTER = "center", _("党群服务中心")
        OUTDOOR = "outdoor", _("场院、广场")

    office = models.ForeignKey(Office, models.PROTECT)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("在哪里"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("提供单位"))
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.ROOM)
    area = models.DecimalField(_("面积（平方米）"), max_digits=8, decimal_places=2, null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("最多容纳"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("人；不限就空着。")
    )
    purpose = models.CharField(_("用途"), max_length=120)
    terms = models.TextField(
        _("使用须知"), max_length=1000, blank=True, help_text=_("安全谁负责、水电怎么算、用完怎么收拾。预约的人看得到。")
    )
    approval = models.BooleanField(_("预约要经同意"), default=False)
    bookable = models.BooleanField(_("开放预约"), default=True, help_text=_("还在筹备、或暂停使用的，不勾。"))
    step = models.PositiveSmallIntegerField(
        _("起止以几分钟为一格"), default=30, validators=[MinValueValidator(5), MaxValueValidator(120)]
    )
    longest = models.PositiveSmallIntegerField(
        _("一次最长几分钟"), default=240, validators=[MinValueValidator(15), MaxValueValidator(MIDNIGHT)]
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("最多提前几天约"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    added_at = models.DateTimeField(_("登记时间"))
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("共享场地")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "place", "name"], name="venue_name_once"),
            models.CheckConstraint(condition=models.Q(area__isnull=True) | models.Q(area__gt=0), name="venue_area_positive"),
            models.CheckConstraint(
                condition=models.Q(step__range=(5, 120), longest__range=(15, MIDNIGHT), days_ahead__range=(1, 366)),
                name="venue_rules_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def week(self) -> list[tuple[str, str]]:
        """Its opening hours as one says them."""
        from gongjian.work.sharing.hours import told_week

        return told_week(self.hours.all())


class OpeningHours(models.Model):
    """Open on a day of the week, in minutes since midnight by the clock on the wall."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("周一")
        TUESDAY = 1, _("周二")
        WEDNESDAY = 2, _("周三")
        THURSDAY = 3, _("周四")
        FRIDAY = 4, _("周五")
        SATURDAY = 5, _("周六")
        SUNDAY = 6, _("周日")

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=Weekday)
    opens = models.PositiveSmallIntegerField(_("开门"))
    closes = models.PositiveSmallIntegerField(_("关门"))

    objects = OfVenue()

    class Meta:
        verbose_name = _("开放时间")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes"), closes__lte=MIDNIGHT, weekday__lte=6), name="hours_in_order"
            ),
            ExclusionConstraint(
                name="hours_never_overlap",
                expressions=[
                    ("venue", "="),
                    ("weekday", "="),
                    (models.Func("opens", "closes", function="int4range"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock_face(self.opens)}–{clock_face(self.closes)}"


class Closure(models.Model):
    """Days on which the venue is not open, whatever its hours say."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="closures")
    days = DateRangeField(_("哪几天"))
    reason = models.CharField(_("原因"), max_length=120)

    objects = OfVenue()

    class Meta:
        verbose_name = _("闭馆")
        ordering = ["days"]
        constraints = [
            ExclusionConstraint(name="closures_never_overlap", expressions=[("venue", "="), ("days", "&&")]),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False), name="closure_has_days"
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def last(self) -> date:
        upper: date = self.days.upper
        return upper - timedelta(days=1)


def clock_face(minutes: int) -> str:
    """540 → 09:00; the end of the day is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
