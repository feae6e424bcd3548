"""Pages as they were published. A later version is a new row; what readers saw stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models import Campaign
from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account


class CampaignPages(OfficeManager["HonorPage"]):
    office_path = "campaign__office"


class HonorPage(models.Model):
    """One version of a campaign's newspaper page. `content`: see `writing.compose`; every figure in it names its deed."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="honor_pages")
    number = models.PositiveSmallIntegerField(_("版次"))
    content = models.JSONField()
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发布人"))
    written_at = models.DateTimeField(_("发布时间"))

    objects = CampaignPages()

    class Meta:
        verbose_name = _("表彰专版")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="honor_page_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.campaign} {self.number}"
