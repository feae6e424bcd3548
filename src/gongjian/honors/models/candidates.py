"""Candidates, the statements of what they did, and vetoes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.honors.models.campaigns import Campaign, Category
from gongjian.honors.models.managers import OfCampaign, OfCandidate
from gongjian.kernel.append_only import append_only
from gongjian.kernel.masking import mask_name
from gongjian.kernel.states import StateField
from gongjian.registry.models import Account, Consent, Organization, Person, Place

ENTERPRISES = frozenset(
    {Organization.Kind.COMPANY, Organization.Kind.BANK, Organization.Kind.HOTEL, Organization.Kind.COOPERATIVE}
)


class Candidate(models.Model):
    """An organization or a person proposed for a title."""

    class State(models.TextChoices):
        NOMINATED = "nominated", _("已提名")
        WITHDRAWN = "withdrawn", _("已撤回")
        SHORTLISTED = "shortlisted", _("拟定对象")
        PASSED_OVER = "passed_over", _("未入选")
        REMOVED = "removed", _("公示期间取消")
        AWARDED = "awarded", _("已获评")

    class Way(models.TextChoices):
        DEMOCRATIC = "democratic", _("民主推荐")
        SELF = "self", _("自荐")
        LEVEL = "level", _("上级推荐")

    class Rank(models.TextChoices):
        BELOW = "below", _("县处级以下或无级别")
        COUNTY = "county", _("县处级")
        ABOVE = "above", _("厅局级以上")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="candidates")
    category = models.ForeignKey(Category, models.PROTECT, related_name="candidates", verbose_name=_("类别"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name=_("单位")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name=_("个人")
    )
    way = models.CharField(_("产生方式"), max_length=10, choices=Way)
    headline = models.CharField(_("主标题"), max_length=60, blank=True, help_text=_("荣誉页上的一句话标题，可不填。"))
    rank = models.CharField(_("级别"), max_length=6, choices=Rank, default=Rank.BELOW)
    reason = models.CharField(_("推荐意见"), max_length=300, blank=True)
    nominated_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("提名人"))
    nominated_at = models.DateTimeField(_("提名时间"))
    state = StateField(_("状态"), default=State.NOMINATED, choices=State.choices, protected=True)
    left_because = models.CharField(_("撤回或取消的原因"), max_length=300, blank=True)

    objects = OfCampaign()

    class Meta:
        verbose_name = _("候选对象")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, person__isnull=True)
                | models.Q(organization__isnull=True, person__isnull=False),
                name="candidate_is_one",
            ),
            models.UniqueConstraint(
                fields=["campaign", "organization"], condition=~models.Q(state="withdrawn"), name="candidate_organization_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "person"], condition=~models.Q(state="withdrawn"), name="candidate_person_once"
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="candidate_state")]

    def __str__(self) -> str:
        return self.public_name

    @property
    def doer(self) -> Organization | Person:
        found = self.organization or self.person
        assert found is not None
        return found

    @property
    def name(self) -> str:
        """In full, for those who handle the campaign and for the certificate itself."""
        return self.doer.name

    @property
    def public_name(self) -> str:
        """A person without consent to public naming is masked. Ask `selectors.candidates` for many at once."""
        if self.person is None or self._consents():
            return self.name
        return mask_name(self.name)

    def _consents(self) -> bool:
        known: Any = self.__dict__.get("naming_consent")
        if known is not None:
            return bool(known)
        return Consent.objects.filter(
            person=self.person, purpose=Consent.Purpose.PUBLIC_NAMING, withdrawn_at__isnull=True
        ).exists()

    @property
    def doer_column(self) -> str:
        """The column of a deed that names this candidate."""
        if self.organization is None:
            return "person"
        return "team" if self.organization.kind == Organization.Kind.TEAM else "organization"

    @property
    def unit(self) -> Organization | None:
        """The organization itself, or the one a person belongs to."""
        return self.organization or (self.person.organization if self.person else None)

    @property
    def community(self) -> Place | None:
        return self.doer.community

    @property
    def is_enterprise(self) -> bool:
        return self.organization is not None and self.organization.kind in ENTERPRISES

    @property
    def is_county_level(self) -> bool:
        return self.rank != self.Rank.BELOW

    @transition(field=state, source=State.NOMINATED, target=State.WITHDRAWN)
    def withdraw(self) -> None: ...

    @transition(field=state, source=State.NOMINATED, target=State.SHORTLISTED)
    def shortlist(self) -> None: ...

    @transition(field=state, source=State.NOMINATED, target=State.PASSED_OVER)
    def pass_over(self) -> None: ...

    @transition(field=state, source=State.SHORTLISTED, target=State.REMOVED)
    def remove(self) -> None: ...

    @transition(field=state, source=State.SHORTLISTED, target=State.AWARDED)
    def award(self) -> None: ...


class Statement(models.Model):
    """One version of a candidate's statement of deeds; the highest number is the current one."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField(_("版本"))
    text = models.TextField(_("事迹材料"))
    generated = models.BooleanField(_("由台账生成"))
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("执笔"))
    written_at = models.DateTimeField(_("时间"))

    objects = OfCandidate()

    class Meta:
        verbose_name = _("事迹材料")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["candidate", "number"], name="statement_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.candidate} {self.number}"


class Veto(models.Model):
    """A person's finding that shuts a candidate out (一票否决), until lifted."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="vetoes")
    reason = models.CharField(_("情形"), max_length=120)
    note = models.CharField(_("说明"), max_length=500)
    set_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("认定人"))
    set_at = models.DateTimeField(_("认定时间"))
    lifted_at = models.DateTimeField(_("解除时间"), null=True)
    lifted_because = models.CharField(_("解除原因"), max_length=300, blank=True)

    objects = OfCandidate()

    class Meta:
        verbose_name = _("否决")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "reason"], condition=models.Q(lifted_at__isnull=True), name="veto_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.reason
