"""An elevator that an old building gets: its steps, what it costs, and what each flat pays."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.projects.elevators.models.coefficients import CoefficientTable
from gongjian.work.projects.models import Project
from gongjian.work.projects.voting.models import Flat, Vote


class OfRetrofit(OfficeManager[Any]):
    office_path = "retrofit__office"


class Retrofit(Stateful):
    """One elevator. Its flats are those of the vote's roll; once agreed, the shares stand."""

    class State(models.TextChoices):
        PLANNED = "planned", _("在筹划")
        AGREED = "agreed", _("费用已约定")
        RUNNING = "running", _("已投用")
        STOPPED = "stopped", _("不办了")

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="retrofits", verbose_name=_("项目"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    title = models.CharField(_("名称"), max_length=80)
    vote = models.ForeignKey(Vote, models.PROTECT, null=True, related_name="retrofits", verbose_name=_("业主表决"))
    table = models.ForeignKey(CoefficientTable, models.PROTECT, null=True, related_name="+", verbose_name=_("楼层系数表"))
    total = models.DecimalField(_("总造价（元）"), max_digits=12, decimal_places=2, null=True)
    subsidies = models.DecimalField(_("补贴（元）"), max_digits=12, decimal_places=2, default=Decimal(0))
    subsidy_basis = models.CharField(_("补贴的依据"), max_length=120, blank=True)
    state = StateField(_("状态"), default=State.PLANNED, choices=State.choices, protected=True)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"))
    agreed_on = models.DateField(_("协议签订日期"), null=True)
    agreement = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("签好的协议"))
    stopped_because = models.CharField(_("不办的原因"), max_length=200, blank=True)

    objects = OfficeManager()
    get_state_display = displaying("state", State)

    class Meta:
        verbose_name = _("加装电梯")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "title"], name="retrofit_once"),
            models.CheckConstraint(
                condition=models.Q(total__isnull=True)
                | models.Q(total__gt=0, subsidies__gte=0, subsidies__lte=models.F("total")),
                name="retrofit_money",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["agreed", "running"])
                | models.Q(total__isnull=False, table__isnull=False, vote__isnull=False, agreed_on__isnull=False),
                name="retrofit_agreed_on_costs",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="costs_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'planned' AND (OLD.vote_id, OLD.table_id, OLD.total, OLD.subsidies)"
                    " IS DISTINCT FROM (NEW.vote_id, NEW.table_id, NEW.total, NEW.subsidies)"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own_cost(self) -> Decimal | None:
        """What the owners pay together."""
        return self.total - self.subsidies if self.total is not None else None

    @transition(field=state, source=State.PLANNED, target=State.AGREED)
    def agree(self) -> None:
        """Signed: the shares stand."""

    @transition(field=state, source=State.AGREED, target=State.RUNNING)
    def run(self) -> None:
        """It carries people."""

    @transition(field=state, source=[State.PLANNED, State.AGREED], target=State.STOPPED)
    def stop(self) -> None:
        """It is not built."""


class StepDone(models.Model):
    """A step of the template that was done."""

    retrofit = models.ForeignKey(Retrofit, models.PROTECT, related_name="steps")
    code = models.CharField(max_length=20)
    done_on = models.DateField(_("哪天办的"))
    note = models.CharField(_("说明"), max_length=160, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("材料"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = OfRetrofit()

    class Meta:
        verbose_name = _("加装步骤")
        ordering = ["done_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["retrofit", "code"], name="retrofit_step_once")]

    def __str__(self) -> str:
        return self.code


class CostShare(models.Model):
    """What a flat pays, as it was agreed."""

    retrofit = models.ForeignKey(Retrofit, models.PROTECT, related_name="shares")
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="+", verbose_name=_("房号"))
    coefficient = models.DecimalField(_("楼层系数"), max_digits=6, decimal_places=3)
    amount = models.DecimalField(_("分摊（元）"), max_digits=12, decimal_places=2)

    objects = OfRetrofit()

    class Meta:
        verbose_name = _("电梯费用分摊")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["retrofit", "flat"], name="cost_share_once")]
        triggers = [pgtrigger.Protect(name="as_agreed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.flat} {self.amount}"
