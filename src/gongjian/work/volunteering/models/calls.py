"""The recruitment call (招募令) and those who answer it."""

import secrets

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.volunteering.models.activities import Activity
from gongjian.work.volunteering.models.managers import OfCall
from gongjian.work.volunteering.models.volunteers import Volunteer


def new_token() -> str:
    return secrets.token_urlsafe(18)


class Call(Stateful):
    """A call for people to an activity. Those who answer choose their shifts, or wait for the roster.

    `taken` is kept by a trigger on enrollments, so that the database refuses one more than `places`.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public", _("所有人")
        ORGANIZATION = "organization", _("本单位的人")

    class Mode(models.TextChoices):
        CHOOSE = "choose", _("自己选班次")
        ROSTER = "roster", _("先报名，再由组织方排班")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        OPEN = "open", _("招募中")
        CLOSED = "closed", _("已截止")

    office = models.ForeignKey(Office, models.PROTECT)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="calls", verbose_name=_("活动"))
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("正文"), max_length=2000)
    audience = models.CharField(_("面向"), max_length=12, choices=Audience, default=Audience.PUBLIC)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("哪个单位")
    )
    mode = models.CharField(_("怎么排班"), max_length=6, choices=Mode, default=Mode.CHOOSE)
    places = models.PositiveSmallIntegerField(_("招募人数"), null=True, blank=True, help_text=_("空：不限。"))
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    closes_at = models.DateTimeField(_("报名截止"))
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    state = StateField(_("状态"), default=State.DRAFT, choices=State.choices, protected=True)
    opened_at = models.DateTimeField(_("发布时间"), null=True, editable=False)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("起草人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("招募令")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience="public") | models.Q(organization__isnull=False), name="call_names_its_unit"
            ),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True) | models.Q(taken__lte=models.F("places")), name="call_never_overfilled"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "closes_at"], name="call_state")]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[State.DRAFT, State.CLOSED], target=State.OPEN)
    def open(self) -> None:
        """The page can be shared; people may answer."""

    @transition(field=state, source=State.OPEN, target=State.CLOSED)
    def close(self) -> None:
        """Nobody answers any more."""


class Enrollment(models.Model):
    """Somebody's answer to a call. Its token opens their own page without an account."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审核")
        ACCEPTED = "accepted", _("已录用")
        WAITING = "waiting", _("候补")
        DECLINED = "declined", _("未录用")
        WITHDRAWN = "withdrawn", _("已退出")

    LIVE = (State.ASKED, State.ACCEPTED, State.WAITING)

    call = models.ForeignKey(Call, models.PROTECT, related_name="enrollments", verbose_name=_("招募令"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="enrollments", verbose_name=_("志愿者"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代表单位")
    )
    team = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所属队伍"))
    state = models.CharField(_("状态"), max_length=9, choices=State)
    at = models.DateTimeField(_("报名时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("代报名的人"))
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)

    objects = OfCall()

    class Meta:
        verbose_name = _("报名")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "volunteer"],
                condition=models.Q(state__in=["asked", "accepted", "waiting"]),
                name="enrollment_live_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="count_taken",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func="""
                IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
                IF TG_OP = 'UPDATE' AND OLD.state = 'accepted' THEN
                    UPDATE volunteering_call SET taken = taken - 1 WHERE id = OLD.call_id;
                END IF;
                IF NEW.state = 'accepted' THEN
                    UPDATE volunteering_call SET taken = taken + 1 WHERE id = NEW.call_id;
                END IF;
                RETURN NULL;
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.get_state_display()}"
