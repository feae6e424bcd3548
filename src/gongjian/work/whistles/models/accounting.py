"""What is counted afterwards: ratings of both sides, revisits, and applications to leave a whistle out of the count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.registry.models import Account, Organization, Place
from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Satisfaction, Whistle


class Rating(models.Model):
    """A side's word about the other, once a round: the resident's, the community's of an organization, an organization's of
    the community that whistled."""

    class Side(models.TextChoices):
        RESIDENT = "resident", _("居民")
        COMMUNITY = "community", _("社区评单位")
        ORGANIZATION = "organization", _("单位评社区")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="ratings")
    side = models.CharField(_("谁评"), max_length=12, choices=Side)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    community = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("社区"))
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction)
    solved = models.BooleanField(_("解决了"), null=True)
    words = models.CharField(_("评语"), max_length=500, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("评价人"))
    at = models.DateTimeField(_("时间"))
    round = models.PositiveSmallIntegerField(default=1)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("评价")
        constraints = [
            models.UniqueConstraint(
                fields=["whistle", "side", "organization", "round"], nulls_distinct=False, name="rating_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.get_satisfaction_display()}"


class Revisit(models.Model):
    """A revisit (回访) after the report. Only valid ones enter the three rates; a whistle's newest one `counts`."""

    class Means(models.TextChoices):
        LINK = "link", _("居民在链接里评价")
        PHONE = "phone", _("电话")
        VISIT = "visit", _("上门")
        HOTLINE = "hotline", _("12345 回访")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="revisits")
    means = models.CharField(_("方式"), max_length=8, choices=Means)
    valid = models.BooleanField(_("有效回访"))
    contacted = models.BooleanField(_("已联系"))
    solved = models.BooleanField(_("已解决"))
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction, blank=True)
    words = models.CharField(_("居民怎么说"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("回访人"))
    counts = models.BooleanField(default=True, editable=False)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("回访")
        constraints = [
            models.UniqueConstraint(fields=["whistle"], condition=models.Q(counts=True), name="revisit_one_counts"),
            models.CheckConstraint(
                condition=models.Q(valid=False) | ~models.Q(satisfaction=""), name="revisit_valid_says_how_satisfied"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.get_satisfaction_display()}"


class Exclusion(models.Model):
    """An application to leave a whistle out of the rates (剔除): evidence, and two levels of decision by two people."""

    class Reason(models.TextChoices):
        EMERGENCY_LINE = "emergency_line", _("属于紧急专线")
        IN_PROCEEDINGS = "in_proceedings", _("已进入法定程序")
        IN_HAND = "in_hand", _("重复反映，没有新情况")
        SECRET = "secret", _("涉密或涉隐私")
        BEYOND_DUTY = "beyond_duty", _("超出职责")
        AGAINST_LAW = "against_law", _("违反法律或公序良俗")
        MALICIOUS = "malicious", _("恶意反映")
        OUTSIDE = "outside", _("不在辖区")
        UNREASONABLE = "unreasonable", _("诉求不合理")

    class State(models.TextChoices):
        ASKED = "asked", _("待初审")
        FIRST_AGREED = "first_agreed", _("初审同意，待终审")
        EXCLUDED = "excluded", _("已剔除")
        REFUSED = "refused", _("不予剔除")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="exclusions")
    reason = models.CharField(_("理由"), max_length=16, choices=Reason)
    words = models.CharField(_("说明和依据"), max_length=1000)
    evidence = models.ManyToManyField("ledger.Evidence", related_name="+", blank=True, verbose_name=_("证明材料"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    first_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("初审人"))
    first_at = models.DateTimeField(_("初审时间"), null=True)
    first_words = models.CharField(_("初审意见"), max_length=500, blank=True)
    final_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("终审人"))
    final_at = models.DateTimeField(_("终审时间"), null=True)
    final_words = models.CharField(_("终审意见"), max_length=500, blank=True)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("剔除申请")
        constraints = [
            models.UniqueConstraint(
                fields=["whistle"], condition=~models.Q(state="refused"), name="exclusion_one_open_or_granted"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="excluded") | models.Q(first_by__isnull=False, final_by__isnull=False),
                name="exclusion_two_levels",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("first_by"))
                & ~models.Q(asked_by=models.F("final_by"))
                & ~models.Q(first_by=models.F("final_by")),
                name="exclusion_different_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.words[:24]}"
