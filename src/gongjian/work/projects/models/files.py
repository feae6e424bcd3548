"""Photos and papers of a project, as evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledger.models import Evidence
from gongjian.work.projects.models.diary import DiaryEntry
from gongjian.work.projects.models.meetings import Meeting
from gongjian.work.projects.models.projects import Project
from gongjian.work.projects.models.tasks import Task


class ProjectFile(models.Model):
    """Whoever may see the project may see it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="files")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="files")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="files")
    entry = models.ForeignKey(DiaryEntry, models.PROTECT, null=True, related_name="files")

    class Meta:
        verbose_name = _("项目材料")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "evidence", "task", "meeting", "entry"], nulls_distinct=False, name="project_file_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.evidence)
