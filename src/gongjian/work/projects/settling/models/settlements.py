"""What a tenant of vacated premises gets back or owes, and how it was paid."""

from collections.abc import Sequence
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
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.lease import Amount, Lease
from gongjian.work.projects.settling.models.reliefs import ReliefRule
from gongjian.work.projects.settling.rent import Days

FIGURES = (
    "tenant",
    "credit_code",
    "premises",
    "area",
    "organization_id",
    "lease_from",
    "lease_to",
    "monthly_rent",
    "paid_until",
    "vacated",
    "deposit",
    "relief_id",
    "relief_from",
    "earlier_arrears",
    "remitted",
    "route",
)
"""What the signature stands under."""
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in FIGURES) for row in ("OLD", "NEW"))


class OfSettlement(OfficeManager[Any]):
    office_path = "settlement__office"


class Settlement(Stateful):
    """Of one tenant. Drafted, fixed by a signed commitment or by a decision, paid, closed.

    `net` positive goes to the tenant, negative is still owed by them. Power, water, heat and gas are cut in no step of it.
    """

    class Route(models.TextChoices):
        VOLUNTARY = "voluntary", _("自愿腾退（签承诺书）")
        COMPULSORY = "compulsory", _("依法强制（凭主管部门的决定）")

    class State(models.TextChoices):
        DRAFT = "draft", _("在核算")
        FIXED = "fixed", _("待付清")
        PAID = "paid", _("已付清")
        CLOSED = "closed", _("已办结")
        CANCELLED = "cancelled", _("已作废")

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="settlements", verbose_name=_("项目"))
    number = models.CharField(_("编号"), max_length=30)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("产权单位"))
    route = models.CharField(_("怎么腾退"), max_length=10, choices=Route, default=Route.VOLUNTARY)
    tenant = models.CharField(_("商户"), max_length=80)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    premises = models.CharField(_("门面房"), max_length=80)
    area = models.DecimalField(_("面积（平方米）"), max_digits=8, decimal_places=2, null=True)
    lease_from = models.DateField(_("租期从"))
    lease_to = models.DateField(_("租期到"))
    monthly_rent = models.DecimalField(_("月租金（元）"), max_digits=12, decimal_places=2)
    paid_until = models.DateField(_("租金付到"))
    vacated = models.DateField(_("腾退日"))
    deposit = models.DecimalField(_("押金（元）"), max_digits=12, decimal_places=2)
    relief = models.ForeignKey(ReliefRule, models.PROTECT, null=True, related_name="+", verbose_name=_("租金减免办法"))
    relief_from = models.DateField(_("从哪个月起减"), null=True)
    earlier_arrears = models.DecimalField(_("以前的欠费（元）"), max_digits=12, decimal_places=2, default=Decimal(0))
    remitted = models.BooleanField(_("租金已缴国库"), default=False)
    net = models.DecimalField(_("净额（元）"), max_digits=14, decimal_places=2, null=True)
    refund_of_remitted = models.DecimalField(_("其中国库退付（元）"), max_digits=14, decimal_places=2, null=True)
    state = StateField(_("状态"), default=State.DRAFT, choices=State.choices, protected=True)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"))
    fixed_at = models.DateTimeField(_("签字或决定时间"), null=True)
    fixed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("经手人"))
    signer = models.CharField(_("签字人"), max_length=40, blank=True)
    signature = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("签名"))
    decision = models.CharField(_("决定的文号"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("办结人"))
    cleared_on = models.DateField(_("拆除或交还日期"), null=True)
    cancelled_because = models.CharField(_("作废的原因"), max_length=200, blank=True)

    objects = OfficeManager()
    get_state_display = displaying("state", State)

    class Meta:
        verbose_name = _("腾退结算")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="settlement_number_once"),
            models.UniqueConstraint(
                fields=["project", "premises"],
                condition=~models.Q(state="cancelled"),
                name="settlement_of_premises_once",
            ),
            models.CheckConstraint(condition=models.Q(lease_to__gte=models.F("lease_from")), name="settlement_lease_in_order"),
            models.CheckConstraint(
                condition=models.Q(monthly_rent__gte=0, deposit__gte=0, earlier_arrears__gte=0), name="settlement_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"])
                | models.Q(fixed_at__isnull=False, net__isnull=False, route="voluntary", signature__isnull=False)
                | (models.Q(fixed_at__isnull=False, net__isnull=False, route="compulsory") & ~models.Q(decision="")),
                name="settlement_fixed_by_paper",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False, cleared_on__isnull=False),
                name="settlement_closed_has_day",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-id"], name="settlement_state")]
        triggers = [
            pgtrigger.Protect(
                name="figures_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state <> 'draft' AND ({_OLD}) IS DISTINCT FROM ({_NEW})"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tenant} {self.premises}"

    @property
    def lease(self) -> Lease:
        charges = list(self.charges.all())
        utilities = [Amount(one.name, one.amount) for one in charges if one.part == Charge.Part.UTILITIES]
        others = [Amount(one.name, one.amount) for one in charges if one.part == Charge.Part.OTHER]
        return self.lease_with(utilities, others)

    def lease_with(self, utilities: Sequence[Amount], others: Sequence[Amount]) -> Lease:
        """For the arithmetic, which knows no database."""
        return Lease(
            tenant=self.tenant,
            premises=self.premises,
            term=Days(self.lease_from, self.lease_to),
            monthly_rent=self.monthly_rent,
            paid_until=self.paid_until,
            vacated=self.vacated,
            deposit=self.deposit,
            credit_code=self.credit_code,
            owner=str(self.organization),
            area=self.area,
            relief=list(self.relief.from_month(self.relief_from)) if self.relief and self.relief_from else [],
            relief_basis=self.relief.basis if self.relief else "",
            utilities=utilities,
            others=others,
            earlier_arrears=self.earlier_arrears,
            remitted=self.remitted,
        )

    @transition(field=state, source=State.DRAFT, target=State.FIXED)
    def fix(self) -> None:
        """Signed or decided: the figures stand."""

    @transition(field=state, source=State.FIXED, target=State.PAID)
    def settle(self) -> None:
        """Payments add up to the net."""

    @transition(field=state, source=State.PAID, target=State.CLOSED)
    def close(self) -> None:
        """The premises were given back or removed."""

    @transition(field=state, source=State.DRAFT, target=State.CANCELLED)
    def cancel(self) -> None:
        """Entered wrongly."""


_DRAFT_ONLY = """
    IF TG_OP = 'DELETE' THEN known := OLD; ELSE known := NEW; END IF;
    PERFORM 1 FROM settling_settlement WHERE id = known.settlement_id AND state = 'draft' FOR SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'the figures of a fixed settlement stand'; END IF;
    RETURN known;"""


class Charge(models.Model):
    """Water, power, or something else that the tenant still owes."""

    class Part(models.TextChoices):
        UTILITIES = "utilities", _("水电等")
        OTHER = "other", _("其他")

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="charges")
    part = models.CharField(max_length=9, choices=Part)
    name = models.CharField(_("名目"), max_length=40)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)

    objects = OfSettlement()

    class Meta:
        verbose_name = _("应扣的费用")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="charge_not_negative")]
        triggers = [
            pgtrigger.Trigger(
                name="draft_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("known", "record")],
                func=_DRAFT_ONLY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount}"


class SettlementLine(models.Model):
    """A line of the sheet as it was signed: what, how it was reckoned, how much."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=10)
    name = models.CharField(_("项目"), max_length=60)
    how = models.CharField(_("怎么算的"), max_length=160)
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2)

    objects = OfSettlement()

    class Meta:
        verbose_name = _("结算明细")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["settlement", "position"], name="settlement_line_once")]
        triggers = [
            pgtrigger.Protect(name="as_signed", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount}"


class Payment(models.Model):
    """Towards the net, in its direction. Together never more than it."""

    class Way(models.TextChoices):
        TRANSFER = "transfer", _("转账")
        CASH = "cash", _("现金")
        TREASURY = "treasury", _("国库退付")
        OFFSET = "offset", _("抵扣")

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("付款日期"))
    way = models.CharField(_("付款方式"), max_length=8, choices=Way)
    document = models.CharField(_("凭证号"), max_length=80)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = OfSettlement()

    class Meta:
        verbose_name = _("付款")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(fields=["settlement", "document"], name="payment_document_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_too_much",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                IF (SELECT sum(amount) FROM settling_payment WHERE settlement_id = NEW.settlement_id)
                    > (SELECT abs(net) FROM settling_settlement WHERE id = NEW.settlement_id)
                THEN RAISE EXCEPTION 'payments beyond the net of the settlement'; END IF;
                RETURN NULL;""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.amount}"
