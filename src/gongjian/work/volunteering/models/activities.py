"""Activities and the posts at which they take place."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.volunteering.models.fields import Field
from gongjian.work.volunteering.models.managers import OfActivity


class Activity(Stateful):
    """What is done, by whom it is organized, what may happen to those who come, and how their hours are counted."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备中")
        OPEN = "open", _("进行中")
        FINISHED = "finished", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    class Rounding(models.IntegerChoices):
        """Minutes that are begun but not full are not counted."""

        QUARTER = 15, _("满 15 分钟计一次")
        HALF = 30, _("满半小时计一次")
        HOUR = 60, _("满 1 小时计一次")

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    title = models.CharField(_("活动名称"), max_length=60)
    field = models.CharField(_("服务领域"), max_length=16, choices=Field)
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("地点"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("组织方"))
    team = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办队伍"))
    content = models.TextField(_("做什么"), max_length=1000, blank=True)
    beneficiary = models.CharField(_("服务对象"), max_length=120, blank=True)
    responsible = models.CharField(_("负责人"), max_length=40)
    contact = models.CharField(_("联系电话"), max_length=30, blank=True)
    risks = models.CharField(_("风险提示"), max_length=300, blank=True)
    dangerous = models.BooleanField(_("有危险"), default=False)
    insurance = models.CharField(_("保险"), max_length=160, blank=True)
    least_age = models.PositiveSmallIntegerField(_("最小年龄"), default=0, validators=[MaxValueValidator(80)])
    needs_approval = models.BooleanField(_("报名须审核"), default=False)
    rounding = models.PositiveSmallIntegerField(_("计时规则"), choices=Rounding, default=Rounding.QUARTER)
    rest_hours = models.PositiveSmallIntegerField(_("两班之间至少休息几小时"), default=8)
    state = StateField(_("状态"), default=State.PLANNED, choices=State.choices, protected=True)
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("建立人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("活动")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dangerous=False) | (~models.Q(insurance="") & ~models.Q(risks="")),
                name="activity_dangerous_is_insured",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-created_at"], name="activity_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def unit_of_time(self) -> timedelta:
        return timedelta(minutes=self.rounding)

    @transition(field=state, source=State.PLANNED, target=State.OPEN)
    def open(self) -> None:
        """People may sign up and come."""

    @transition(field=state, source=State.OPEN, target=State.FINISHED)
    def finish(self) -> None:
        """Nobody comes any more; hours may still be confirmed."""

    @transition(field=state, source=[State.PLANNED, State.OPEN], target=State.CANCELLED)
    def cancel(self) -> None:
        """It does not take place, or not to the end."""


class Post(models.Model):
    """Where one stands: a gate, a desk, a crossing. Its coordinates are for distances, never for tracking."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="posts")
    name = models.CharField(_("岗位"), max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("地点"))
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)

    objects = OfActivity()

    class Meta:
        verbose_name = _("岗位")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "name"], name="post_name_once")]

    def __str__(self) -> str:
        return self.name
