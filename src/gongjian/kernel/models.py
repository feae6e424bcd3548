"""What the mechanisms remember."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.calendars.models import Subscription
from gongjian.kernel.kept import stamped
from gongjian.kernel.notifications.models import Channel, Delivery, Notice
from gongjian.kernel.sheets.models import SheetImport, SheetPart

__all__ = [
    "AuditEntry",
    "CalendarDay",
    "Channel",
    "Delivery",
    "Notice",
    "SheetImport",
    "SheetPart",
    "Stamp",
    "Submission",
    "Subscription",
]


class AuditEntry(models.Model):
    """One line of the action log: who did or read what, when, from where. Kept six months at least (Cybersecurity Law §21)."""

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人"))
    office_id = models.BigIntegerField(_("街道"), null=True)
    action = models.CharField(_("动作"), max_length=80)
    thing_type = models.CharField(max_length=80, blank=True)
    thing_id = models.CharField(max_length=80, blank=True)
    thing_name = models.CharField(_("对象"), max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(_("来源地址"), null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("操作日志")
        indexes = [
            models.Index(fields=["office_id", "-at"], name="audit_office_at"),
            models.Index(fields=["thing_type", "thing_id"], name="audit_thing"),
            models.Index(fields=["actor", "-at"], name="audit_actor_at"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.thing_name}"


class Submission(models.Model):
    """A form or API request that was carried out once; its key comes with the form or in the Idempotency-Key header."""

    key = models.CharField(max_length=200, primary_key=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("已办理的提交")
        indexes = [models.Index(fields=["at"], name="submission_at")]

    def __str__(self) -> str:
        return self.key


class CalendarDay(models.Model):
    """A day whose nature differs from what the published calendar says, or lies beyond its last year."""

    day = models.DateField(_("日期"), primary_key=True)
    working = models.BooleanField(_("是工作日"))
    reason = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("工作日历调整")
        triggers = stamped("kernel.CalendarDay")

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Allowance(models.Model):
    """How often something happened since its window began; see `kernel.rates`. `key` is a hash."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    spent = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("频次")
        indexes = [models.Index(fields=["since"], name="allowance_since")]

    def __str__(self) -> str:
        return self.key


class Stamp(models.Model):
    """One row, drawn anew with every change of what `kernel.kept` keeps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    drawn = models.UUIDField()

    class Meta:
        verbose_name = _("标记")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="stamp_is_one")]

    def __str__(self) -> str:
        return str(self.drawn)
