"""Reports that were read, and what reading proposed. What was accepted stands in the ledger and names its report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Place


class Report(models.Model):
    """A report as it was read. `proposals`: see `proposed.Proposed`; `warnings` are sentences about the whole."""

    office = models.ForeignKey(Office, models.PROTECT)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"))
    media_type = models.CharField(_("类型"), max_length=80)
    sha256 = models.CharField("SHA-256", max_length=64)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("证据"))
    published = models.DateField(_("报道日期"), null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地方"))
    proposals = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    read_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁读的"))
    read_at = models.DateTimeField(_("什么时候读的"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("报道")
        ordering = ["-read_at"]
        indexes = [models.Index(fields=["office", "-read_at"], name="report_when")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.title
