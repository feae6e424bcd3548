"""A round of a scheme: who takes part, what was found on site, what came out, and who looked at it a second time."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.ratings.models.schemes import Scheme, SchemeVersion


class OfRound(OfficeManager[Any]):
    office_path = "round__office"


class OfCandidate(OfficeManager[Any]):
    office_path = "candidate__round__office"


class OfResult(OfficeManager[Any]):
    office_path = "result__candidate__round__office"


class Round(Stateful):
    """One cycle, by the version of the scheme that stood when it was opened. `run`: how often it was computed."""

    class State(models.TextChoices):
        ENROLLING = "enrolling", _("报名")
        ASSESSING = "assessing", _("现场核查")
        REVIEW = "review", _("复核")
        NOTICE = "notice", _("公示")
        PUBLISHED = "published", _("已公布")
        STOPPED = "stopped", _("已中止")

    office = models.ForeignKey(Office, models.PROTECT)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds")
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="rounds")
    title = models.CharField(_("名称"), max_length=60)
    period_from = models.DateField(_("评定期起"))
    period_to = models.DateField(_("评定期止"))
    assess_until = models.DateField(_("核查到哪天为止"), null=True, blank=True)
    notice_workdays = models.PositiveSmallIntegerField(_("公示工作日"))
    state = StateField(_("状态"), default=State.ENROLLING, choices=State.choices, protected=True)
    run = models.PositiveSmallIntegerField(default=0)
    returned_because = models.CharField(_("退回原因"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("建立时间"))
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("建立人"))
    published_at = models.DateTimeField(_("公布时间"), null=True)
    stopped_because = models.CharField(_("中止原因"), max_length=300, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("一轮评定")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "title"], name="rating_round_title_once"),
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")), name="rating_round_period_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False), name="rating_published_sometime"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="stopped") | ~models.Q(stopped_because=""), name="rating_stopped_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.state in (self.State.NOTICE, self.State.PUBLISHED)

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.PUBLISHED, self.State.STOPPED)

    @transition(field=state, source=State.ENROLLING, target=State.ASSESSING)
    def start_assessing(self) -> None: ...

    @transition(field=state, source=State.ASSESSING, target=State.REVIEW)
    def submit(self) -> None: ...

    @transition(field=state, source=[State.REVIEW, State.NOTICE], target=State.ASSESSING)
    def send_back(self) -> None:
        """Also from the notice: whatever changes a result is computed, reviewed and hung out again."""

    @transition(field=state, source=State.REVIEW, target=State.NOTICE)
    def give_notice(self) -> None: ...

    @transition(field=state, source=State.NOTICE, target=State.PUBLISHED)
    def publish(self) -> None: ...

    @transition(field=state, source=[State.ENROLLING, State.ASSESSING, State.REVIEW, State.NOTICE], target=State.STOPPED)
    def stop(self) -> None: ...


class Candidate(models.Model):
    """Who is rated: an organization or a place. `credited`: to whose deeds the stars are entered."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="candidates")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地方"))
    credited = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("记在谁名下"))
    enrolled_at = models.DateTimeField(_("报名时间"))
    enrolled_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("报名经办人"))
    left_at = models.DateTimeField(_("退出时间"), null=True)
    left_because = models.CharField(_("退出原因"), max_length=300, blank=True)

    objects = OfRound()

    class Meta:
        verbose_name = _("参评对象")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="rated_organization_once"),
            models.UniqueConstraint(fields=["round", "place"], name="rated_place_once"),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, place__isnull=True)
                | models.Q(organization__isnull=True, place__isnull=False),
                name="rated_one_or_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | ~models.Q(left_because=""), name="rated_left_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Organization | Place:
        return self.organization or self.place  # type: ignore[return-value]  # a constraint: one of them is there

    @property
    def community(self) -> Place | None:
        """Of an organization; a place has its own path."""
        return self.organization.community if self.organization else None


class Assessment(models.Model):
    """What one person found in one dimension of one candidate. The newest counts; the earlier ones stay."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="assessments")
    dimension = models.SlugField(max_length=20)
    number = models.PositiveSmallIntegerField()
    findings = models.JSONField(_("核查结果"))
    note = models.CharField(_("现场情况"), max_length=500, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="+", verbose_name=_("照片"))
    assessed_at = models.DateTimeField(_("核查时间"))
    assessed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("核查人"))

    objects = OfCandidate()

    class Meta:
        verbose_name = _("现场核查")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["candidate", "dimension", "number"], name="assessment_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.candidate} {self.dimension} {self.number}"


class Result(models.Model):
    """What a candidate had when the round was computed for the `run`th time; `content` explains it line by line."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="results")
    run = models.PositiveSmallIntegerField()
    content = models.JSONField(_("明细"))
    total = models.DecimalField(_("总分"), max_digits=12, decimal_places=4)
    stars = models.PositiveSmallIntegerField(_("星级"))
    place = models.PositiveSmallIntegerField(_("名次"), null=True)
    vetoed = models.BooleanField(_("被否决"))
    computed_at = models.DateTimeField(_("计算时间"))

    objects = OfCandidate()

    class Meta:
        verbose_name = _("评定结果")
        ordering = ["-stars", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "run"], name="rating_result_once"),
            models.CheckConstraint(condition=models.Q(vetoed=False) | models.Q(stars=0), name="rating_veto_leaves_no_star"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.candidate} {self.stars}★"


class Review(models.Model):
    """What a second person says about a result."""

    result = models.OneToOneField(Result, models.PROTECT, related_name="review")
    agreed = models.BooleanField(_("同意"))
    words = models.CharField(_("意见"), max_length=300, blank=True)
    reviewed_at = models.DateTimeField(_("复核时间"))
    reviewer = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("复核人"))

    objects = OfResult()

    class Meta:
        verbose_name = _("复核")
        constraints = [
            models.CheckConstraint(condition=models.Q(agreed=True) | ~models.Q(words=""), name="rating_doubt_says_why")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.result} {self.agreed}"
