"""Stops and new dates that somebody asks for and another approves; warnings, each given once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.registry.models import Account
from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Whistle


class Pause(models.Model):
    """An application to suspend or to extend, with its reason and new date, decided by somebody else."""

    class Kind(models.TextChoices):
        SUSPEND = "suspend", _("暂停计时")
        EXTEND = "extend", _("延期")

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="pauses")
    kind = models.CharField(_("申请"), max_length=8, choices=Kind)
    reason = models.CharField(_("理由"), max_length=500)
    until = models.DateTimeField(_("到何时"))
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    answer = models.CharField(_("审批意见"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("恢复时间"), null=True)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("延期、暂停申请")
        constraints = [
            models.UniqueConstraint(fields=["whistle"], condition=models.Q(state="asked"), name="pause_asked_once"),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_by__isnull=True)
                | (~models.Q(state="asked") & models.Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="pause_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("decided_by")), name="pause_needs_a_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reason[:24]}"


class Escalation(models.Model):
    """A clock reached a color. The unique key is what makes two workers warn once; red goes to the leader (督办)."""

    class Clock(models.TextChoices):
        RESPONSE = "response", _("响应")
        RESOLUTION = "resolution", _("办理")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="escalations")
    clock = models.CharField(_("时钟"), max_length=10, choices=Clock)
    color = models.PositiveSmallIntegerField(_("预警"), choices=Whistle.Color)
    due_at = models.DateTimeField(_("期限"))
    at = models.DateTimeField(_("时间"))
    taken_up_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("督办人"))
    taken_up_at = models.DateTimeField(_("督办时间"), null=True)
    instruction = models.CharField(_("督办意见"), max_length=500, blank=True)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("预警")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "clock", "color", "due_at"], name="escalation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()} {self.get_color_display()}"
