"""What belongs to the site as a whole: visits for safety, and the end of it with its deeds."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.models import Project


class OfProject(OfficeManager[Any]):
    office_path = "project__office"


class SafetyVisit(models.Model):
    """Somebody looked whether the works are safe."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="safety_visits")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("哪个单位去的"))
    visited_on = models.DateField(_("哪天去的"))
    people = models.CharField(_("谁去的"), max_length=80)
    found = models.CharField(_("看到什么、怎么处理"), max_length=300)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("现场照片"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = OfProject()

    class Meta:
        verbose_name = _("现场安全查看")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organization", "visited_on", "found"], name="safety_visit_once")
        ]

    def __str__(self) -> str:
        return self.found[:30]


class Clearance(models.Model):
    """All premises of an organization in a project are vacated, settled and closed: told to the ledger, once."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="clearances")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("产权单位"))
    finished_at = models.DateTimeField(_("办结时间"))
    finished_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("办结人"))

    objects = OfProject()

    class Meta:
        verbose_name = _("腾退办结")
        constraints = [models.UniqueConstraint(fields=["project", "organization"], name="clearance_once")]

    def __str__(self) -> str:
        return f"{self.project} {self.organization}"
