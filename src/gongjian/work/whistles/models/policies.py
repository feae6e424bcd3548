"""What an office has decided about its whistles. Every number is data; the shipped ones are defaults, not law."""

from datetime import time
from decimal import Decimal
from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from gongjian.kernel.deadlines import Limit, TimeUnit, WorkingTime
from gongjian.kernel.kept import stamped
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.workdays import WorkCalendar
from gongjian.registry.models import Office


def _share(label: Any, default: str) -> "models.DecimalField[Any, Any]":
    limits = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]
    return models.DecimalField(label, max_digits=4, decimal_places=3, default=Decimal(default), validators=limits)


KEPT = "_whistle_policy"


@pghistory.track()
class Policy(models.Model):
    """One row an office. Weights and the first day of the cycle follow one city's practice (domain-research §1, unofficial)."""

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True)
    approval_required = models.BooleanField(_("社区吹哨须先审核"), default=False)
    morning_from = models.TimeField(_("上午上班"), default=time(8, 30))
    morning_to = models.TimeField(_("上午下班"), default=time(12))
    afternoon_from = models.TimeField(_("下午上班"), default=time(14))
    afternoon_to = models.TimeField(_("下午下班"), default=time(18))
    response_amount = models.PositiveSmallIntegerField(_("未分类时的响应时限"), default=2)
    response_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit, default=TimeUnit.HOURS)
    resolution_amount = models.PositiveSmallIntegerField(_("未分类时的办理时限"), default=7)
    resolution_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit, default=TimeUnit.DAYS)
    objection_amount = models.PositiveSmallIntegerField(_("派单异议答复时限"), default=4)
    objection_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit, default=TimeUnit.WORKING_HOURS)
    blue_share = _share(_("时间过了多少，蓝色提醒"), "0.5")
    yellow_share = _share(_("时间过了多少，黄色警告"), "0.8")
    cycle_first_day = models.PositiveSmallIntegerField(
        _("考核周期从每月几日开始"), default=19, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    basically_satisfied_weight = _share(_("“基本满意”折算"), "0.9")
    response_weight = _share(_("响应率权重"), "0.1")
    resolution_weight = _share(_("解决率权重"), "0.5")
    satisfaction_weight = _share(_("满意率权重"), "0.4")
    whistle_rate_low = _share(_("吹哨率下限"), "0.1")
    whistle_rate_high = _share(_("吹哨率上限"), "0.6")
    hot_spot_least = models.PositiveSmallIntegerField(_("几件同类算热点"), default=3, validators=[MinValueValidator(2)])
    hot_spot_meters = models.PositiveSmallIntegerField(_("热点范围（米）"), default=200, validators=[MinValueValidator(10)])
    hot_spot_days = models.PositiveSmallIntegerField(_("热点时间窗（天）"), default=30, validators=[MinValueValidator(1)])
    center_latitude = models.DecimalField(_("辖区中心纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    center_longitude = models.DecimalField(_("辖区中心经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    radius_meters = models.PositiveIntegerField(_("辖区半径（米）"), default=3000, validators=[MinValueValidator(100)])
    rate_within_days = models.PositiveSmallIntegerField(_("核实后等居民评价几天"), default=7)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("吹哨规则")
        triggers = stamped("whistles.Policy")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(morning_from__lt=models.F("morning_to"))
                & models.Q(morning_to__lte=models.F("afternoon_from"))
                & models.Q(afternoon_from__lt=models.F("afternoon_to")),
                name="policy_hours_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(blue_share__lt=models.F("yellow_share"), yellow_share__lt=1), name="policy_warnings_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(whistle_rate_low__lt=models.F("whistle_rate_high")), name="policy_band_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self._meta.verbose_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever keeps the former policy for the length of a request reads it anew; see `selectors.policies`."""
        super().save(*args, **kwargs)
        getattr(get_scope().get("office"), "__dict__", {}).pop(KEPT, None)

    @property
    def response_limit(self) -> Limit:
        return Limit(self.response_amount, self.response_unit)

    @property
    def resolution_limit(self) -> Limit:
        return Limit(self.resolution_amount, self.resolution_unit)

    @property
    def objection_limit(self) -> Limit:
        return Limit(self.objection_amount, self.objection_unit)

    def working_time(self, calendar: WorkCalendar | None = None) -> WorkingTime:
        hours = ((self.morning_from, self.morning_to), (self.afternoon_from, self.afternoon_to))
        return WorkingTime(hours, calendar or WorkCalendar())
