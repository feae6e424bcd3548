"""The site diary (施工日志): what happened on a day. Nothing in it is changed afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.registry.models import Account
from gongjian.work.projects.models.projects import Project


class DiaryEntry(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="diary")
    on = models.DateField(_("哪天"))
    words = models.TextField(_("做了什么"), max_length=1000)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    written_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("施工日志")
        constraints = [models.UniqueConstraint(fields=["project", "on", "words"], name="diary_entry_once")]
        indexes = [models.Index(fields=["project", "-on", "-id"], name="diary_newest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.on} {self.words[:40]}"
