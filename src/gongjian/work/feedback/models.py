"""Complaints and suggestions (投诉建议): reachable from every page, answered in public words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField
from gongjian.registry.models import Account, Office


class Message(models.Model):
    """What somebody told the office. Followed by its secret `token`; only those who answer read the contact."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("投诉")
        SUGGESTION = "suggestion", _("建议")

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到")
        ANSWERED = "answered", _("已答复")

    office = models.ForeignKey(Office, models.PROTECT)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    text = models.TextField(_("内容"), max_length=2000)
    page = models.CharField(_("所在页面"), max_length=300, blank=True)
    contact = EncryptedCharField(_("联系方式"), max_length=60, blank=True, null=True)
    token = models.CharField(max_length=43, unique=True, editable=False)
    state = StateField(_("状态"), default=State.RECEIVED, choices=State.choices, protected=True)
    received_at = models.DateTimeField(_("收到时间"))
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("答复人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("投诉建议")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="received", answered_at__isnull=True)
                | (models.Q(state="answered", answered_at__isnull=False) & ~models.Q(answer="")),
                name="message_answered_with_words",
            )
        ]
        indexes = [models.Index(fields=["office", "state", "received_at"], name="message_state")]

    def __str__(self) -> str:
        return self.text[:40]

    @transition(field=state, source=State.RECEIVED, target=State.ANSWERED)
    def mark_answered(self) -> None:
        """An answer is given once; a further word is a new message."""
