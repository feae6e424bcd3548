"""Public notice (公示) and the objections that anyone may raise while it hangs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.honors.models.campaigns import Campaign
from gongjian.honors.models.candidates import Candidate
from gongjian.honors.models.managers import OfCampaign, OfNotice
from gongjian.kernel.states import StateField
from gongjian.registry.models import Account


class PublicNotice(models.Model):
    """The shortlist, hung out. How many working days have passed is computed by `notice_clock`, never stored."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="notice")
    text = models.TextField(_("公示正文"))
    workdays = models.PositiveSmallIntegerField(_("公示工作日"))
    published_on = models.DateField(_("公示日期"))
    published_at = models.DateTimeField(_("公示时间"))
    published_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发布人"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("结束人"))

    objects = OfCampaign()

    class Meta:
        verbose_name = _("公示")

    def __str__(self) -> str:
        return f"{self.campaign} {self.published_on}"


class Objection(models.Model):
    """An objection, with or without a name. Its secret `token` lets whoever raised it follow it; the contact is encrypted."""

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到")
        INVESTIGATING = "investigating", _("调查中")
        FOUND = "found", _("已查清，待答复")
        ANSWERED = "answered", _("已答复")

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name=_("对谁有异议")
    )
    text = models.TextField(_("异议内容"), max_length=2000)
    name = EncryptedCharField(_("姓名"), max_length=40, blank=True, null=True)
    contact = EncryptedCharField(_("联系方式"), max_length=60, blank=True, null=True)
    token = models.CharField(max_length=43, unique=True, editable=False)
    state = StateField(_("状态"), default=State.RECEIVED, choices=State.choices, protected=True)
    received_at = models.DateTimeField(_("收到时间"))
    investigator = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("调查人"))
    finding = models.TextField(_("调查结果"), max_length=2000, blank=True)
    well_founded = models.BooleanField(_("属实"), null=True)
    found_at = models.DateTimeField(_("查清时间"), null=True)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = OfNotice()

    class Meta:
        verbose_name = _("异议")
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["found", "answered"])
                | models.Q(well_founded__isnull=False, found_at__isnull=False),
                name="objection_found_before_answered",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="objection_answered_with_words",
            ),
        ]
        indexes = [models.Index(fields=["notice", "state"], name="objection_state")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_open(self) -> bool:
        return bool(self.state != self.State.ANSWERED)

    @transition(field=state, source=State.RECEIVED, target=State.INVESTIGATING)
    def investigate(self) -> None: ...

    @transition(field=state, source=State.INVESTIGATING, target=State.FOUND)
    def find(self) -> None: ...

    @transition(field=state, source=State.FOUND, target=State.ANSWERED)
    def close(self) -> None: ...
