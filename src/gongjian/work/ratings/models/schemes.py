"""A scheme of star ratings, and the versions of what it says."""

from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.basis import Nature
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office
from gongjian.work.ratings.scoring.blueprint import Blueprint, read


class OfScheme(OfficeManager[Any]):
    office_path = "scheme__office"


class Subject(models.TextChoices):
    """Who is rated. Households are not in the registers, so none are rated."""

    COMPOUNDS = "compounds", _("楼院")
    BUILDINGS = "buildings", _("楼宇、楼栋")
    COMMUNITIES = "communities", _("社区")
    ORGANIZATIONS = "organizations", _("单位、商户")


class Scheme(models.Model):
    """What is rated, by which right. `is_example`: its indicators are invented, and every page says so."""

    office = models.ForeignKey(Office, models.PROTECT)
    title = models.CharField(_("名称"), max_length=40)
    about = models.CharField(_("评什么、为什么评"), max_length=300, blank=True)
    subject = models.CharField(_("评谁"), max_length=14, choices=Subject)
    nature = models.CharField(_("性质"), max_length=14, choices=Nature)
    approving_body = models.CharField(_("批准机关"), max_length=120, blank=True)
    basis_number = models.CharField(_("依据文号"), max_length=80, blank=True)
    basis_is_sample = models.BooleanField(_("依据是样例"), default=False)
    is_example = models.BooleanField(_("指标是样例"), default=False)
    notice_workdays = models.PositiveSmallIntegerField(_("公示工作日"), default=5, help_text=_("常见做法为不少于 5 个工作日。"))
    made_at = models.DateTimeField(_("建立时间"))
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("建立人"))
    closed_at = models.DateTimeField(_("停用时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("星级评定办法")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "title"], name="scheme_title_once"),
            models.CheckConstraint(condition=models.Q(notice_workdays__gte=1), name="scheme_notice_lasts"),
            models.CheckConstraint(
                condition=~models.Q(nature="approved") | ~(models.Q(approving_body="") | models.Q(basis_number="")),
                name="scheme_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_basis(self) -> bool:
        return bool(self.approving_body.strip() and self.basis_number.strip())

    @property
    def rates_places(self) -> bool:
        return self.subject != Subject.ORGANIZATIONS


class SchemeVersion(models.Model):
    """What the scheme said at a time. One that a round used stands still: the database refuses the rest."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    content = models.JSONField(_("内容"))
    in_use = models.BooleanField(_("用过"), default=False)
    saved_at = models.DateTimeField(_("保存时间"))
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("保存人"))

    objects = OfScheme()

    class Meta:
        verbose_name = _("办法版本")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once")]
        triggers = [
            pgtrigger.Protect(
                name="stands_once_used",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__in_use=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    @property
    def blueprint(self) -> Blueprint:
        return read(self.content)
