"""A sheet of the hotline's work orders between its upload and its last row; gone after a day."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from encrypted_fields.fields import EncryptedTextField

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import Stateful
from gongjian.registry.models import Account, Office


class ImportBatch(Stateful):
    """`position` is the part that is written next; `unmatched` rows name a category that the catalogue does not have."""

    class State(models.TextChoices):
        READ = "read", _("等您确认")
        WRITING = "writing", _("正在导入")
        DONE = "done", _("导入完成")

    office = models.ForeignKey(Office, models.CASCADE)
    made_by = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"))
    file_name = models.CharField(_("文件"), max_length=160)
    state = FSMField(_("状态"), default=State.READ, choices=State.choices, protected=True)
    new = models.PositiveIntegerField(_("新的"), default=0)
    duplicate = models.PositiveIntegerField(_("重复的"), default=0)
    broken = models.PositiveIntegerField(_("有问题的"), default=0)
    unmatched = models.PositiveIntegerField(_("类别对不上的"), default=0)
    position = models.PositiveIntegerField(default=0, editable=False)
    written = models.PositiveIntegerField(_("已导入"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("工单导入")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="import_made_at")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return min(100, self.written * 100 // self.new) if self.new else 100

    @transition(field=state, source=State.READ, target=State.WRITING)
    def confirm(self) -> None:
        """A person has looked at the preview."""

    @transition(field=state, source=State.WRITING, target=State.DONE)
    def finish(self) -> None:
        """No good row is left."""


class OfBatch(OfficeManager[Any]):
    office_path = "batch__office"


class ImportPart(models.Model):
    """Some hundred rows of one kind, encrypted, since they hold names and phones. Deleted as soon as they are whistles."""

    class Kind(models.TextChoices):
        NEW = "new", _("新的")
        DUPLICATE = "duplicate", _("重复的")
        BROKEN = "broken", _("有问题的")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=9, choices=Kind)
    number = models.PositiveIntegerField()
    sealed_rows = EncryptedTextField(null=True)

    objects = OfBatch()

    class Meta:
        verbose_name = _("工单导入的一段")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "kind", "number"], name="import_part_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.sealed_rows or "[]")
        return found

    @staticmethod
    def seal(rows: Sequence[dict[str, Any]]) -> str:
        return json.dumps(rows, ensure_ascii=False)
