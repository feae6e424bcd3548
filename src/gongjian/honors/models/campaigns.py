"""Campaigns of commendation, their categories, and the limits that an office sets for them."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.honors.models.managers import OfCampaign
from gongjian.kernel.basis import Nature
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField
from gongjian.registry.models import Account, Office


class Body(models.TextChoices):
    """Whose opinion is asked (征求意见)."""

    DISCIPLINE = "discipline", _("纪检监察机关")
    ORGANIZATION = "organization", _("组织部门")
    MARKET = "market", _("市场监管部门")
    TAX = "tax", _("税务部门")
    POLICE = "police", _("公安机关")
    ECOLOGY = "ecology", _("生态环境部门")
    EMERGENCY = "emergency", _("应急管理部门")


_UNVERIFIED = _("默认值取自某区 2022 年公开的活动目录，未核到全国统一规定，请按本地文件修改。")


class Limits(models.Model):
    """Numbers that a city or a year may change."""

    most_organizations = models.PositiveSmallIntegerField(_("集体名额上限"), default=50, help_text=_UNVERIFIED)
    most_individuals = models.PositiveSmallIntegerField(_("个人名额上限"), default=150, help_text=_UNVERIFIED)
    most_county_percent = models.PositiveSmallIntegerField(
        _("个人中县处级以上所占上限（%）"), default=20, validators=[MaxValueValidator(100)], help_text=_UNVERIFIED
    )
    notice_workdays = models.PositiveSmallIntegerField(
        _("公示工作日"), default=5, validators=[MinValueValidator(1)], help_text=_("常见做法为不少于 5 个工作日。")
    )
    statement_length = models.PositiveSmallIntegerField(_("事迹材料字数上限"), default=2000)

    class Meta:
        abstract = True


LIMITS = tuple(field.name for field in Limits._meta.local_fields)


class OfficeLimits(Limits):
    """The office's own limits, copied into every campaign that it opens."""

    office = models.OneToOneField(Office, models.CASCADE)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("评选名额与期限")

    def __str__(self) -> str:
        return str(self.office)


class Campaign(Limits):
    """One round of commendation, from the call to the archive."""

    class State(models.TextChoices):
        CALL = "call", _("发布通知")
        NOMINATION = "nomination", _("推荐提名")
        REVIEW = "review", _("逐级审核")
        SHORTLISTED = "shortlisted", _("集体研究已定")
        NOTICE = "notice", _("公示")
        DECIDED = "decided", _("已作决定")
        PUBLISHED = "published", _("已公布")
        ARCHIVED = "archived", _("已归档")
        REVOKED = "revoked", _("已撤销")

    office = models.ForeignKey(Office, models.PROTECT)
    slug = models.SlugField(_("网址名"), max_length=40, help_text=_("小写字母、数字和连字符，公布后不再改。"))
    title = models.CharField(_("名称"), max_length=60)
    slogan = models.CharField(_("主题语"), max_length=60, blank=True)
    subtitle = models.CharField(_("副题"), max_length=120, blank=True)
    nature = models.CharField(_("性质"), max_length=14, choices=Nature)
    approving_body = models.CharField(_("批准机关"), max_length=120, blank=True)
    basis_number = models.CharField(_("依据文号"), max_length=80, blank=True)
    basis_is_sample = models.BooleanField(_("依据是样例"), default=False)
    scope = models.TextField(_("评选范围"), max_length=1000)
    cycle_from = models.DateField(_("考察期起"))
    cycle_to = models.DateField(_("考察期止"))
    nominations_until = models.DateField(_("提名截止"), null=True, blank=True)
    review_until = models.DateField(_("审核截止"), null=True, blank=True)
    notice_planned = models.DateField(_("计划公示"), null=True, blank=True)
    decision_planned = models.DateField(_("计划决定"), null=True, blank=True)
    state = StateField(_("状态"), default=State.CALL, choices=State.choices, protected=True)
    opened_at = models.DateTimeField(_("建立时间"))
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("建立人"))
    published_at = models.DateTimeField(_("公布时间"), null=True)
    revoked_on = models.DateField(_("撤销日期"), null=True)
    revocation_reason = models.CharField(_("撤销原因"), max_length=500, blank=True)
    revocation_document = models.CharField(_("撤销文号"), max_length=80, blank=True)
    state_before_revocation = models.CharField(max_length=12, choices=State.choices, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("评选活动")
        constraints = [
            models.UniqueConstraint(fields=["office", "slug"], name="campaign_slug_once"),
            models.CheckConstraint(condition=models.Q(cycle_to__gte=models.F("cycle_from")), name="campaign_cycle_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="revoked", revoked_on__isnull=False) | (~models.Q(state="revoked")),
                name="campaign_revoked_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["office", "state"], name="campaign_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_basis(self) -> bool:
        return bool(self.approving_body.strip() and self.basis_number.strip())

    @property
    def is_revoked(self) -> bool:
        return bool(self.state == self.State.REVOKED)

    @property
    def is_open_for_editing(self) -> bool:
        """Quotas, categories and rules stand still once the collective has decided on them."""
        return self.state in (self.State.CALL, self.State.NOMINATION, self.State.REVIEW)

    @transition(field=state, source=State.CALL, target=State.NOMINATION)
    def open_nomination(self) -> None: ...

    @transition(field=state, source=State.NOMINATION, target=State.REVIEW)
    def start_review(self) -> None: ...

    @transition(field=state, source=State.REVIEW, target=State.SHORTLISTED)
    def shortlist(self) -> None: ...

    @transition(field=state, source=State.SHORTLISTED, target=State.NOTICE)
    def give_notice(self) -> None: ...

    @transition(field=state, source=State.NOTICE, target=State.DECIDED)
    def decide(self) -> None: ...

    @transition(field=state, source=State.DECIDED, target=State.PUBLISHED)
    def publish(self) -> None: ...

    @transition(field=state, source=State.PUBLISHED, target=State.ARCHIVED)
    def archive(self) -> None: ...

    @transition(
        field=state,
        source=[s for s in State.values if s != "revoked"],
        target=State.REVOKED,
    )
    def revoke(self) -> None:
        """From anywhere: a campaign found to lack its basis is stopped at whatever step it has reached."""


class Category(models.Model):
    """A kind of title that the campaign gives, with its quota."""

    class Kind(models.TextChoices):
        ORGANIZATIONS = "organizations", _("集体")
        INDIVIDUALS = "individuals", _("个人")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="categories")
    name = models.CharField(_("称号"), max_length=40)
    kind = models.CharField(_("类别"), max_length=13, choices=Kind)
    quota = models.PositiveSmallIntegerField(_("名额"), validators=[MinValueValidator(1)])
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    opinions = ArrayField(
        models.CharField(max_length=12, choices=Body), verbose_name=_("须征求意见的部门"), default=list, blank=True
    )
    enterprise_opinions = ArrayField(
        models.CharField(max_length=12, choices=Body), verbose_name=_("企业另须征求"), default=list, blank=True
    )

    objects = OfCampaign()

    class Meta:
        verbose_name = _("评选类别")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="category_once"),
            models.CheckConstraint(condition=models.Q(quota__gte=1), name="category_quota_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_for_organizations(self) -> bool:
        return self.kind == self.Kind.ORGANIZATIONS
