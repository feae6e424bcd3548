"""A file between its upload and its last row; gone after a day."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedTextField

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.sheets.kinds import Row
from gongjian.kernel.states import StateField, Stateful


class SheetImport(Stateful):
    """`position` is the part that is read or written next; `touched_at` tells a job at work from one that was killed.

    `sealed_file` is the file itself, in base64, until it was read.
    """

    class State(models.TextChoices):
        READING = "reading", _("正在读")
        READ = "read", _("等您确认")
        WRITING = "writing", _("正在导入")
        DONE = "done", _("导入完成")
        REFUSED = "refused", _("读不了")

    office = models.ForeignKey("registry.Office", models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("上传人"))
    made_at = models.DateTimeField(_("上传时间"))
    touched_at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10)
    file_name = models.CharField(_("文件"), max_length=160)
    sealed_file = EncryptedTextField(null=True)
    state = StateField(_("状态"), default=State.READING, choices=State.choices, protected=True)
    refusal = models.CharField(_("读不了的原因"), max_length=500, blank=True)
    new = models.PositiveIntegerField(_("新的"), default=0)
    repeated = models.PositiveIntegerField(_("重复的"), default=0)
    broken = models.PositiveIntegerField(_("有问题的"), default=0)
    remarked = models.PositiveIntegerField(_("有说明的"), default=0)
    position = models.PositiveIntegerField(default=0, editable=False)
    written = models.PositiveIntegerField(_("已导入"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("表格导入")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="sheet_made_at")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def rows_read(self) -> int:
        return self.new + self.repeated + self.broken

    @property
    def percent(self) -> int:
        return min(100, self.written * 100 // self.new) if self.new else 100

    @transition(field=state, source=State.READING, target=State.READ)
    def finish_reading(self) -> None:
        """Every row was looked at."""

    @transition(field=state, source=State.READING, target=State.REFUSED)
    def refuse(self) -> None:
        """The file cannot be read; `refusal` says why."""

    @transition(field=state, source=State.READ, target=State.WRITING)
    def confirm(self) -> None:
        """A person has looked at the preview."""

    @transition(field=state, source=State.WRITING, target=State.DONE)
    def finish(self) -> None:
        """No good row is left."""


class OfImport(OfficeManager[Any]):
    office_path = "sheet__office"


class SheetPart(models.Model):
    """Some hundred rows of one kind, encrypted: they may hold names and phones. New ones go as soon as they are written."""

    class Kind(models.TextChoices):
        NEW = "new", _("新的")
        REPEATED = "repeated", _("重复的")
        BROKEN = "broken", _("有问题的")

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.PositiveIntegerField()
    sealed_rows = EncryptedTextField(null=True)

    objects = OfImport()

    class Meta:
        verbose_name = _("表格导入的一段")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "kind", "number"], name="sheet_part_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def rows(self) -> list[Row]:
        return [Row(**row) for row in json.loads(self.sealed_rows or "[]")]

    @staticmethod
    def seal(rows: Iterable[Row]) -> str:
        return json.dumps([row.stored() for row in rows], ensure_ascii=False)
