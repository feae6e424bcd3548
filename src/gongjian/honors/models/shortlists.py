"""The rules by which deeds are weighed, in versions, and the collective decision on the shortlist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models.campaigns import Campaign
from gongjian.honors.models.managers import OfCampaign
from gongjian.kernel.append_only import append_only
from gongjian.registry.models import Account


class RuleSetVersion(models.Model):
    """What stood in the rule set when it was saved; the highest number is in force. `content`: see `scoring.rule_sets`."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rule_sets")
    number = models.PositiveSmallIntegerField(_("版本"))
    content = models.JSONField()
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("保存人"))
    saved_at = models.DateTimeField(_("保存时间"))

    objects = OfCampaign()

    class Meta:
        verbose_name = _("评分规则")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="rule_set_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.campaign} {self.number}"


class Shortlist(models.Model):
    """The meeting that chose (集体研究): who was there, how it voted, and the scores it had before it, as they were."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="shortlist_decision")
    held_on = models.DateField(_("会议日期"))
    participants = models.PositiveSmallIntegerField(_("到会人数"))
    votes_for = models.PositiveSmallIntegerField(_("赞成"))
    votes_against = models.PositiveSmallIntegerField(_("反对"))
    abstentions = models.PositiveSmallIntegerField(_("弃权"))
    minutes = models.TextField(_("会议记录"), max_length=5000)
    rule_set = models.ForeignKey(RuleSetVersion, models.PROTECT, related_name="+")
    scores = models.JSONField(_("当时的得分"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    recorded_at = models.DateTimeField(_("记录时间"))

    objects = OfCampaign()

    class Meta:
        verbose_name = _("集体研究")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(participants=models.F("votes_for") + models.F("votes_against") + models.F("abstentions")),
                name="shortlist_votes_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(participants__lt=models.F("votes_for") * 2), name="shortlist_has_majority"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.campaign} {self.held_on}"
