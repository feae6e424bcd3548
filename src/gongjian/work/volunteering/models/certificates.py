"""Certificates of service (志愿服务记录证明), the stars, and corrections that volunteers ask for."""

import secrets
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Deed
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.volunteering.models.attendance import Attendance
from gongjian.work.volunteering.models.volunteers import Volunteer

ISSUERS = (Organization.Kind.COMMITTEE, Organization.Kind.SOCIAL, Organization.Kind.TEAM)
"""Residents' committees and volunteer organizations; an office only organizes."""
DAYS_PUBLISHED = 7


def new_token() -> str:
    return secrets.token_urlsafe(32)


class ServiceCertificate(Stateful):
    """A line of the register. `lines` is what was true when it was issued: activity, from, to, times, hours.

    `deeds` are the hours in the ledger; their inclusion proofs are what a stranger checks.
    """

    class State(models.TextChoices):
        PUBLISHED = "published", _("公示中")
        ISSUED = "issued", _("已出具")
        STOPPED = "stopped", _("公示后未出具")
        REVOKED = "revoked", _("已撤销")

    office = models.ForeignKey(Office, models.PROTECT)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="certificates", verbose_name=_("志愿者"))
    number = models.CharField(_("证明编号"), max_length=40)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    first = models.DateField(_("从哪天"))
    last = models.DateField(_("到哪天"))
    hours = models.DecimalField(_("服务时长"), max_digits=9, decimal_places=2)
    times = models.PositiveIntegerField(_("服务次数"))
    lines: Any = models.JSONField(default=list)
    deeds = models.ManyToManyField(Deed, related_name="+")
    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("出具单位"))
    organizer = models.CharField(_("组织单位"), max_length=120, blank=True)
    person_in_charge = models.CharField(_("负责人"), max_length=40)
    handler = models.CharField(_("经办人"), max_length=40)
    contact = models.CharField(_("联系电话"), max_length=30)
    purpose = models.CharField(_("用途"), max_length=120, blank=True)
    state = StateField(_("状态"), choices=State.choices, protected=True)
    published_on = models.DateField(_("公示开始"), null=True)
    objection = models.CharField(_("不出具或撤销的原因"), max_length=300, blank=True)
    issued_on = models.DateField(_("出具日期"), null=True)
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    seal_size = models.BigIntegerField(_("封存"), null=True)
    sha256 = models.CharField(_("文件摘要"), max_length=64, blank=True)
    printed_at = models.DateTimeField(_("制作时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("志愿服务记录证明")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="service_certificate_number_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first"), hours__gt=0), name="service_certificate_of_some_hours"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["published", "stopped"]) | models.Q(issued_on__isnull=False),
                name="service_certificate_issued_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True)
                | models.Q(issued_on__isnull=True)
                | models.Q(issued_on__gte=models.F("published_on") + DAYS_PUBLISHED),
                name="service_certificate_published_long_enough",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256="", printed_at__isnull=True, seal_size__isnull=True)
                | (~models.Q(sha256="") & models.Q(printed_at__isnull=False, seal_size__isnull=False)),
                name="service_certificate_printed_whole",
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "-id"], name="service_certificate_volunteer")]
        triggers = [
            pgtrigger.Trigger(
                name="issuer_may_issue",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("issuer_id"),
                func="""
                IF NOT EXISTS (
                    SELECT FROM registry_organization o WHERE o.id = NEW.issuer_id AND o.kind IN ('committee', 'social', 'team')
                ) THEN RAISE EXCEPTION 'service_certificate_issuer: only committees and volunteer organizations issue'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'service_certificate_issuer';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def path(self) -> str:
        return f"certificates/{self.sha256[:2]}/{self.sha256}.pdf"

    @property
    def is_revoked(self) -> bool:
        return bool(self.state == self.State.REVOKED)

    @transition(field=state, source=State.PUBLISHED, target=State.ISSUED)
    def issue(self) -> None:
        """Nobody objected, or not with reason."""

    @transition(field=state, source=State.PUBLISHED, target=State.STOPPED)
    def stop(self) -> None:
        """An objection was well-founded."""

    @transition(field=state, source=State.ISSUED, target=State.REVOKED)
    def revoke(self) -> None:
        """It stays in the register, and says so."""


class Star(models.Model):
    """From how many hours on a volunteer has so many stars, if so many of a hundred rated services were good."""

    office = models.ForeignKey(Office, models.PROTECT)
    stars = models.PositiveSmallIntegerField(_("星级"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    hours = models.PositiveIntegerField(_("服务满几小时"), validators=[MinValueValidator(1)])
    good_percent = models.PositiveSmallIntegerField(
        _("评为“好”的至少占百分之几"), default=0, validators=[MaxValueValidator(100)]
    )

    objects = OfficeManager()

    class Meta:
        verbose_name = _("星级")
        ordering = ["stars"]
        constraints = [
            models.UniqueConstraint(fields=["office", "stars"], name="star_once"),
            models.CheckConstraint(
                condition=models.Q(stars__range=(1, 5), hours__gte=1, good_percent__lte=100), name="star_within_bounds"
            ),
        ]

    def __str__(self) -> str:
        return "★" * self.stars


class Correction(Stateful):
    """What somebody asked to be put right in a record, and what came of it. What stood there before is kept."""

    class State(models.TextChoices):
        ASKED = "asked", _("待处理")
        GRANTED = "granted", _("已更正")
        REFUSED = "refused", _("未更正")

    office = models.ForeignKey(Office, models.PROTECT)
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="corrections", verbose_name=_("到岗记录"))
    reason = models.CharField(_("哪里不对、怎么知道的"), max_length=300)
    began_before = models.DateTimeField()
    ended_before = models.DateTimeField(null=True)
    minutes_before = models.PositiveSmallIntegerField(null=True)
    began = models.DateTimeField(_("应为：开始"))
    ended = models.DateTimeField(_("应为：结束"))
    strikes = models.BooleanField(_("取消这条时长"), default=False)
    state = StateField(_("状态"), default=State.ASKED, choices=State.choices, protected=True)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    asked_at = models.DateTimeField(_("提出时间"))
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("处理人"))
    decided_at = models.DateTimeField(_("处理时间"), null=True)
    reversal = models.OneToOneField(Deed, models.PROTECT, null=True, related_name="+", verbose_name=_("冲正"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("更正申请")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance"], condition=models.Q(state="asked"), name="correction_asked_once"),
            models.CheckConstraint(condition=models.Q(ended__gt=models.F("began")), name="correction_times_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="asked")
                | (models.Q(decided_by__isnull=False, decided_at__isnull=False) & ~models.Q(answer="")),
                name="correction_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="correction_decided_by_another",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.get_state_display()}"

    @transition(field=state, source=State.ASKED, target=State.GRANTED)
    def grant(self) -> None:
        """The record says now what was asked."""

    @transition(field=state, source=State.ASKED, target=State.REFUSED)
    def refuse(self) -> None:
        """The record stays."""
