"""The public notice of a round's results, and objections that anyone may raise while it hangs."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account
from gongjian.work.ratings.models.rounds import Candidate, OfRound, Round


class OfNotice(OfficeManager[Any]):
    office_path = "notice__round__office"


class Notice(models.Model):
    """Hung out once for each run; how many working days have passed is computed from what happened, never stored."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    run = models.PositiveSmallIntegerField()
    workdays = models.PositiveSmallIntegerField(_("公示工作日"))
    published_on = models.DateField(_("公示日期"))
    published_at = models.DateTimeField(_("公示时间"))
    published_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发布人"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    taken_down = models.BooleanField(_("撤下重查"), default=False)

    objects = OfRound()

    class Meta:
        verbose_name = _("星级公示")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["round", "run"], name="rating_notice_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.published_on}"


class Objection(Stateful):
    """With or without a name. Its secret `token` lets whoever raised it follow it; name and contact are encrypted."""

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到")
        FOUND = "found", _("已查清，待答复")
        ANSWERED = "answered", _("已答复")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+", verbose_name=_("对谁有异议"))
    text = models.TextField(_("异议内容"), max_length=2000)
    name = EncryptedCharField(_("姓名"), max_length=40, blank=True, null=True)
    contact = EncryptedCharField(_("联系方式"), max_length=60, blank=True, null=True)
    token = models.CharField(max_length=43, unique=True, editable=False)
    state = StateField(_("状态"), default=State.RECEIVED, choices=State.choices, protected=True)
    received_at = models.DateTimeField(_("收到时间"))
    finding = models.TextField(_("调查结果"), max_length=2000, blank=True)
    well_founded = models.BooleanField(_("属实"), null=True)
    found_at = models.DateTimeField(_("查清时间"), null=True)
    found_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("调查人"))
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = OfNotice()

    class Meta:
        verbose_name = _("异议")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="received") | models.Q(well_founded__isnull=False, found_at__isnull=False),
                name="rating_objection_found_before_answered",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="rating_objection_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["notice", "state"], name="rating_objection_state")]

    def __str__(self) -> str:
        return self.text[:40]

    @transition(field=state, source=State.RECEIVED, target=State.FOUND)
    def find(self) -> None: ...

    @transition(field=state, source=State.FOUND, target=State.ANSWERED)
    def close(self) -> None: ...
