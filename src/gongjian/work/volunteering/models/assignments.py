"""Who is to stand where and when: a volunteer's place in a shift, and its passing on to another."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.registry.models import Account, Organization
from gongjian.work.volunteering.models.managers import OfAssignment, OfShift
from gongjian.work.volunteering.models.shifts import Shift
from gongjian.work.volunteering.models.volunteers import Volunteer


class Span(models.Func):
    """From one moment up to another, the latter not included."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Assignment(models.Model):
    """`begins` and `ends` are the shift's, kept by triggers: with them the database refuses two places at once.

    `locked`: a solver leaves it as it is.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待审核")
        BOOKED = "booked", _("已排上")
        WAITING = "waiting", _("候补")
        DECLINED = "declined", _("未通过")
        WITHDRAWN = "withdrawn", _("已退出")

    class Origin(models.TextChoices):
        SIGN_UP = "sign_up", _("自己报名")
        LIAISON = "liaison", _("单位报名")
        ROSTER = "roster", _("排班")
        COORDINATOR = "coordinator", _("组织方安排")
        SWAP = "swap", _("换班")
        WALK_IN = "walk_in", _("到场加入")

    LIVE = (State.ASKED, State.BOOKED, State.WAITING)

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="assignments", verbose_name=_("班次"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="assignments", verbose_name=_("志愿者"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代表单位")
    )
    team = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所属队伍"))
    state = models.CharField(_("状态"), max_length=9, choices=State)
    origin = models.CharField(_("怎么来的"), max_length=11, choices=Origin)
    locked = models.BooleanField(_("固定"), default=False)
    begins = models.DateTimeField(editable=False)
    ends = models.DateTimeField(editable=False)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("安排人"))
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(_("提醒时间"), null=True, editable=False)

    objects = OfShift()

    class Meta:
        verbose_name = _("排班")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=models.Q(state__in=["asked", "booked", "waiting"]),
                name="assignment_live_once",
            ),
            ExclusionConstraint(
                name="assignment_one_place_at_a_time",
                expressions=[("volunteer", RangeOperators.EQUAL), (Span("begins", "ends"), RangeOperators.OVERLAPS)],
                condition=models.Q(state="booked"),
            ),
        ]
        indexes = [
            models.Index(fields=["shift", "state", "at"], name="assignment_shift"),
            models.Index(fields=["volunteer", "-begins"], name="assignment_volunteer"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="take_times_of_shift",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("shift_id"),
                func="""
                SELECT begins, ends INTO NEW.begins, NEW.ends FROM volunteering_shift WHERE id = NEW.shift_id;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="count_booked",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "shift_id") | pgtrigger.Delete,
                func="""
                IF TG_OP = 'UPDATE' AND OLD.state = NEW.state AND OLD.shift_id = NEW.shift_id THEN RETURN NULL; END IF;
                IF TG_OP <> 'INSERT' AND OLD.state = 'booked' THEN
                    UPDATE volunteering_shift SET booked = booked - 1 WHERE id = OLD.shift_id;
                END IF;
                IF TG_OP <> 'DELETE' AND NEW.state = 'booked' THEN
                    UPDATE volunteering_shift SET booked = booked + 1 WHERE id = NEW.shift_id;
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.shift_id} {self.get_state_display()}"


class SwapOffer(models.Model):
    """A place that its holder would pass on; whoever takes it stands in, and only then the holder is free."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="offers")
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    taken_by = models.ForeignKey(Volunteer, models.PROTECT, null=True, related_name="+", verbose_name=_("接班的人"))
    taken_at = models.DateTimeField(_("接班时间"), null=True)
    taken_back_at = models.DateTimeField(_("收回时间"), null=True)

    objects = OfAssignment()

    class Meta:
        verbose_name = _("换班")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(taken_at__isnull=True, taken_back_at__isnull=True),
                name="swap_offered_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True) | models.Q(taken_by__isnull=False, taken_back_at__isnull=True),
                name="swap_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.assignment_id)
