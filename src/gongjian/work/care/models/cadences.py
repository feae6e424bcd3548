"""How often somebody is to be seen, by risk. Data of the office; the shipped ones are one region's rule."""

from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Office


class Risk(models.TextChoices):
    HIGH = "high", _("高风险")
    KEY = "key", _("重点关注")
    GENERAL = "general", _("一般")


SHIPPED: dict[str, dict[str, Any]] = {
    Risk.HIGH: {"days": 7, "hours_after_change": 24},
    Risk.KEY: {"days": 31, "hours_after_change": None},
    Risk.GENERAL: {"days": 92, "hours_after_change": None},
}
"""Weekly and within 24 hours of a major change, monthly, quarterly (domain-research §4); other regions do otherwise."""


@pghistory.track()
class Cadence(models.Model):
    """An office without a row of its own goes by SHIPPED."""

    office = models.ForeignKey(Office, models.PROTECT)
    risk = models.CharField(_("风险"), max_length=8, choices=Risk)
    days = models.PositiveSmallIntegerField(_("至少几天联系一次"), validators=[MinValueValidator(1), MaxValueValidator(366)])
    hours_after_change = models.PositiveSmallIntegerField(
        _("有重大变化后几小时内"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )

    objects = OfficeManager()

    class Meta:
        verbose_name = _("探访频次")
        constraints = [
            models.UniqueConstraint(fields=["office", "risk"], name="cadence_once"),
            models.CheckConstraint(condition=models.Q(days__range=(1, 366)), name="cadence_days"),
            models.CheckConstraint(
                condition=models.Q(hours_after_change__isnull=True) | models.Q(hours_after_change__range=(1, 720)),
                name="cadence_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_risk_display()} {self.days}"
