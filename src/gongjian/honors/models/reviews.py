"""Review level by level, declared conflicts of interest, and the opinions of other bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.honors.models.campaigns import Body, Campaign
from gongjian.honors.models.candidates import Candidate
from gongjian.honors.models.managers import OfCampaign, OfCandidate
from gongjian.kernel.append_only import append_only
from gongjian.registry.models import Account, Role


class ReviewLevel(models.Model):
    """A storey of the review (逐级审核), and the role that reviews there."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="levels")
    order = models.PositiveSmallIntegerField(_("顺序"))
    name = models.CharField(_("名称"), max_length=40)
    role = models.CharField(
        _("由谁审核"),
        max_length=24,
        choices=[(role.value, role.label) for role in (Role.COMMUNITY_WORKER, Role.OFFICE_CLERK, Role.OFFICE_LEADER)],
    )

    objects = OfCampaign()

    class Meta:
        verbose_name = _("审核层级")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="review_level_once")]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """What one reviewer said about one candidate at one level."""

    class Recommendation(models.TextChoices):
        SUPPORT = "support", _("同意推荐")
        RESERVE = "reserve", _("保留意见")
        OPPOSE = "oppose", _("不同意推荐")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="reviews")
    level = models.ForeignKey(ReviewLevel, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("审核人"))
    recommendation = models.CharField(_("意见"), max_length=8, choices=Recommendation)
    words = models.CharField(_("理由"), max_length=500)
    given_at = models.DateTimeField(_("时间"))

    objects = OfCandidate()

    class Meta:
        verbose_name = _("审核意见")
        ordering = ["level__order", "given_at"]
        constraints = [models.UniqueConstraint(fields=["candidate", "level", "reviewer"], name="review_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.level} {self.get_recommendation_display()}"


class ConflictDeclaration(models.Model):
    """What an account declared about its interest in a candidate; a recused one takes no part in that candidate's review."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="declarations")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申报人"))
    recused = models.BooleanField(_("回避"))
    reason = models.CharField(_("说明"), max_length=300)
    declared_at = models.DateTimeField(_("时间"))

    objects = OfCandidate()

    class Meta:
        verbose_name = _("回避申报")
        constraints = [models.UniqueConstraint(fields=["candidate", "account"], name="declaration_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.account} {self.candidate}"


class BodyOpinion(models.Model):
    """What another body was asked about a candidate, and what it answered."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("等待答复")
        AGREE = "agree", _("同意")
        NONE = "none", _("无意见")
        OBJECT = "object", _("不同意")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="opinions")
    body = models.CharField(_("部门"), max_length=12, choices=Body)
    requested_at = models.DateTimeField(_("征求时间"))
    requested_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    answer = models.CharField(_("答复"), max_length=8, choices=Answer, default=Answer.WAITING)
    answered_on = models.DateField(_("答复日期"), null=True)
    document_number = models.CharField(_("复函文号"), max_length=80, blank=True)
    words = models.CharField(_("答复内容"), max_length=500, blank=True)

    objects = OfCandidate()

    class Meta:
        verbose_name = _("征求意见")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "body"], name="body_opinion_once"),
            models.CheckConstraint(
                condition=models.Q(answer="waiting", answered_on__isnull=True)
                | (~models.Q(answer="waiting") & models.Q(answered_on__isnull=False)),
                name="body_opinion_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.get_answer_display()}"
