"""Spot checks of hours by the office: what was drawn, from what, by which seed, and what was found."""

import secrets
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongjian.kernel.scoping import OfficeManager, Row
from gongjian.registry.models import Account, Office
from gongjian.work.volunteering.models.attendance import Attendance
from gongjian.work.volunteering.models.certificates import Correction

MOST = 300


def new_seed() -> str:
    return secrets.token_hex(8)


class OfSpotCheck(OfficeManager[Row]):
    office_path = "check_of__office"


class SpotCheck(models.Model):
    """`frame` is what it was drawn from: the keys of the hours by stratum, as they stood then. Nothing is changed later."""

    class By(models.TextChoices):
        RANDOM = "random", _("随机，不分组")
        ORGANIZATION = "organization", _("按代表单位分组")
        TEAM = "team", _("按队伍分组")
        MEANS = "means", _("按签到方式分组")
        FLAGS = "flags", _("按有没有标注分组")

    office = models.ForeignKey(Office, models.PROTECT)
    first = models.DateField(_("从哪天"))
    last = models.DateField(_("到哪天"))
    by = models.CharField(_("怎么抽"), max_length=12, choices=By, default=By.RANDOM)
    size = models.PositiveSmallIntegerField(_("抽几条"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    seed = models.CharField(_("种子"), max_length=40, default=new_seed)
    frame: Any = models.JSONField(editable=False)
    frame_digest = models.CharField(max_length=64, editable=False)
    drawn_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("抽取人"))
    drawn_at = models.DateTimeField(_("抽取时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("时长抽查")
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first"), size__range=(1, MOST)) & ~models.Q(seed=""),
                name="spot_check_of_some_days",
            ),
        ]
        triggers = [pgtrigger.Protect(name="stays_as_drawn", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"

    @property
    def of_how_many(self) -> int:
        return sum(len(keys) for keys in self.frame.values())


class SpotCheckLine(models.Model):
    """One drawn entry and what somebody found; a correction goes its own way and is named here."""

    class Result(models.TextChoices):
        HELD = "held", pgettext_lazy("抽查", "属实")
        CORRECTED = "corrected", _("时间不对，申请更正")
        STRUCK = "struck", _("不属实，申请取消")

    check_of = models.ForeignKey(SpotCheck, models.PROTECT, related_name="lines")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="spot_checks", verbose_name=_("到岗记录"))
    stratum = models.CharField(_("组"), max_length=120, blank=True)
    number = models.PositiveSmallIntegerField(_("序号"))
    result = models.CharField(_("结果"), max_length=9, choices=Result, blank=True)
    words = models.CharField(_("怎么查的、查到什么"), max_length=300, blank=True)
    found_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("抽查人"))
    found_at = models.DateTimeField(_("抽查时间"), null=True)
    correction = models.OneToOneField(Correction, models.PROTECT, null=True, related_name="spot_check_line")

    objects = OfSpotCheck()

    class Meta:
        verbose_name = _("抽查的一条")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "attendance"], name="spot_check_draws_once"),
            models.UniqueConstraint(fields=["check_of", "number"], name="spot_check_number_once"),
            models.CheckConstraint(
                condition=models.Q(result="", found_by__isnull=True, found_at__isnull=True)
                | (~models.Q(result="") & ~models.Q(words="") & models.Q(found_by__isnull=False, found_at__isnull=False)),
                name="spot_check_found_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=["corrected", "struck"], correction__isnull=False)
                | models.Q(result__in=["", "held"], correction__isnull=True),
                name="spot_check_corrects_by_a_correction",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} {self.get_result_display()}"
