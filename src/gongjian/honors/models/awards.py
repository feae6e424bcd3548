"""The decision, the titles it gave, and their certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models.campaigns import Campaign
from gongjian.honors.models.candidates import Candidate
from gongjian.honors.models.managers import OfAward, OfCampaign
from gongjian.ledger.models import Deed
from gongjian.registry.models import Account


class Decision(models.Model):
    """The paper that gives the titles."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="decision")
    document_number = models.CharField(_("文号"), max_length=80)
    decided_on = models.DateField(_("决定日期"))
    issued_by = models.CharField(_("发文机关"), max_length=120)
    text = models.TextField(_("决定正文"))
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    recorded_at = models.DateTimeField(_("记录时间"))

    objects = OfCampaign()

    class Meta:
        verbose_name = _("决定")

    def __str__(self) -> str:
        return self.document_number


class Award(models.Model):
    """A title given to a candidate. Revoked, it stays, and says so."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="awards")
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="award_given")
    title = models.CharField(_("称号"), max_length=40)
    given_on = models.DateField(_("授予日期"))
    revoked_on = models.DateField(_("撤销日期"), null=True)
    revocation_reason = models.CharField(_("撤销原因"), max_length=500, blank=True)
    revocation_document = models.CharField(_("撤销文号"), max_length=80, blank=True)

    objects = OfCampaign()

    class Meta:
        verbose_name = _("获评")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_on__isnull=True) | ~models.Q(revocation_reason=""),
                name="award_revoked_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.title}"

    @property
    def is_revoked(self) -> bool:
        """Its own revocation, or that of the whole campaign."""
        return self.revoked_on is not None or self.campaign.is_revoked


class Certificate(models.Model):
    """A line of the certificate register. The award is recorded as a deed, so that the sealed log can prove it."""

    award = models.OneToOneField(Award, models.PROTECT, related_name="certificate")
    number = models.CharField(_("证书编号"), max_length=60)
    token = models.CharField(max_length=43, unique=True, editable=False)
    deed = models.OneToOneField(Deed, models.PROTECT, related_name="+")
    issued_on = models.DateField(_("颁发日期"))
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    seal_size = models.BigIntegerField(_("封存"), null=True)
    sha256 = models.CharField(_("证书文件摘要"), max_length=64, blank=True)
    printed_at = models.DateTimeField(_("制作时间"), null=True)

    objects = OfAward()

    class Meta:
        verbose_name = _("证书")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="certificate_number_once"),
            models.CheckConstraint(
                condition=models.Q(sha256="", printed_at__isnull=True, seal_size__isnull=True)
                | (~models.Q(sha256="") & models.Q(printed_at__isnull=False, seal_size__isnull=False)),
                name="certificate_printed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def path(self) -> str:
        return f"certificates/{self.sha256[:2]}/{self.sha256}.pdf"
