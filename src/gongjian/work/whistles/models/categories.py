"""What a whistle is about: major and minor class with its limits and the organization that leads by default."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.deadlines import Limit, TimeUnit
from gongjian.kernel.kept import stamped
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Office, Organization


class Grade(models.TextChoices):
    EMERGENCY = "emergency", _("紧急")
    LIVELIHOOD = "livelihood", _("水电气热")
    ORDINARY = "ordinary", _("一般")
    HARD = "hard", _("疑难")


@pghistory.track()
class Category(models.Model):
    """A row of the dispatch catalogue (派单目录). `code` is its Open311 service code as well."""

    office = models.ForeignKey(Office, models.PROTECT)
    code = models.SlugField(_("代码"), max_length=40)
    major = models.CharField(_("大类"), max_length=30)
    minor = models.CharField(_("小类"), max_length=40)
    grade = models.CharField(_("级别"), max_length=10, choices=Grade, default=Grade.ORDINARY)
    opening_condition = models.CharField(_("立案条件"), max_length=200, blank=True)
    closing_condition = models.CharField(_("结案条件"), max_length=200, blank=True)
    response_amount = models.PositiveSmallIntegerField(_("响应时限"), validators=[MinValueValidator(1)])
    response_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit)
    resolution_amount = models.PositiveSmallIntegerField(_("办理时限"), validators=[MinValueValidator(1)])
    resolution_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit)
    lead = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("默认牵头单位")
    )
    keywords = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("关键词"))
    active = models.BooleanField(_("启用"), default=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("事项类别")
        triggers = stamped("whistles.Category")
        ordering = ["major", "minor"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="category_code_once"),
            models.UniqueConstraint(fields=["office", "major", "minor"], name="category_name_once"),
            models.CheckConstraint(
                condition=models.Q(response_amount__gt=0, resolution_amount__gt=0), name="category_limits_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.major}·{self.minor}"

    @property
    def response_limit(self) -> Limit:
        return Limit(self.response_amount, self.response_unit)

    @property
    def resolution_limit(self) -> Limit:
        return Limit(self.resolution_amount, self.resolution_unit)
