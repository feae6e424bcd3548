"""What somebody says against a result while it is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.registry.models import Account
from gongjian.work.projects.voting.models.roll import Flat
from gongjian.work.projects.voting.models.votes import OfVote, Vote


class Objection(models.Model):
    """Received by staff, or through a flat's link. `upheld` None until it is answered."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="objections")
    flat = models.ForeignKey(Flat, models.PROTECT, null=True, related_name="+", verbose_name=_("房号"))
    name = EncryptedCharField(_("提出人"), max_length=40, blank=True, null=True)
    text = models.TextField(_("异议"), max_length=1000)
    received_at = models.DateTimeField(_("收到时间"))
    received_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("接收人"))
    upheld = models.BooleanField(_("异议成立"), null=True)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("答复人"))

    objects = OfVote()

    class Meta:
        verbose_name = _("对表决结果的异议")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upheld__isnull=True)
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer="")),
                name="objection_answered_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.text[:30]
