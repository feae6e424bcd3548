"""The third list (项目清单): who claimed what from whom, and how far it has come."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.append_only import append_only
from gongjian.kernel.quantities import Quantity, Unit
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.cobuilding.kinds import Kind
from gongjian.work.cobuilding.models.listings import Need, Offer, counted_in_its_unit, whole


class State(models.TextChoices):
    PROPOSED = "proposed", _("待同意")
    AGREED = "agreed", _("说好了")
    UNDER_WAY = "under_way", _("在办")
    ACCEPTED = "accepted", _("已验收")
    RATED = "rated", _("已评价")
    DONE = "done", _("已办结")
    LAPSED = "lapsed", _("没办成")


LIVE = (State.PROPOSED, State.AGREED, State.UNDER_WAY)
HOLDING = (State.AGREED, State.UNDER_WAY, State.ACCEPTED, State.RATED, State.DONE)
"""States in which a claim holds its quantity of the need and of the offer."""
RECEIVED = (State.ACCEPTED, State.RATED, State.DONE)


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


def _held(row: str) -> str:
    """What a row holds, as SQL; nothing for the OLD row of an insert."""
    states = ", ".join(f"'{state.value}'" for state in HOLDING)
    return f"CASE WHEN {row}.state IN ({states}) THEN COALESCE({row}.delivered, {row}.quantity) ELSE 0 END"


_COUNT = """
    IF held <> before THEN
        UPDATE cobuilding_offer SET taken = taken + held - before WHERE id = NEW.offer_id;
        UPDATE cobuilding_need SET taken = taken + held - before WHERE id = NEW.need_id;
    END IF;
    RETURN NEW;
"""


class Claim(Stateful):
    """An organization gives `quantity` to a place: of an offer, for a need, or both. Agreed once both sides have said yes.

    `delivered` is what the beneficiary found on accepting; the rest goes back to need and offer. `receipt_number`: the donation
    register has recorded it already, so that acceptance leaves no second deed.
    """

    class Side(models.TextChoices):
        GIVER = "giver", _("单位")
        BENEFICIARY = "beneficiary", _("社区")
        OFFICE = "office", _("街道")

    office = models.ForeignKey(Office, models.PROTECT)
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="claims", verbose_name=_("需求"))
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="claims", verbose_name=_("资源"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    title = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=12, choices=Unit)
    delivered = models.DecimalField(_("实收"), max_digits=12, decimal_places=2, null=True)
    due_on = models.DateField(_("哪天前办到"), null=True, blank=True)
    state = StateField(_("状态"), default=State.PROPOSED, choices=State.choices, protected=True)
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    side = models.CharField(_("谁提出"), max_length=11, choices=Side)
    giver_agreed = models.BooleanField(_("单位同意"), default=False)
    beneficiary_agreed = models.BooleanField(_("社区同意"), default=False)
    reported_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("谁说办到了"))
    receipt_number = models.CharField(_("捐赠收据号"), max_length=40, blank=True)
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction, blank=True)
    moved_at = models.DateTimeField(_("最近一步"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("共建项目")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(need__isnull=False) | models.Q(offer__isnull=False), name="claim_about_something"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0)
                & (models.Q(delivered__isnull=True) | models.Q(delivered__gt=0, delivered__lte=models.F("quantity"))),
                name="claim_quantities_positive",
            ),
            models.CheckConstraint(condition=whole("quantity", "delivered"), name="claim_whole_pieces"),
            models.CheckConstraint(condition=counted_in_its_unit(), name="claim_unit_fits_kind"),
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "lapsed"]) | models.Q(giver_agreed=True, beneficiary_agreed=True),
                name="claim_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in RECEIVED], delivered__isnull=False)
                | models.Q(state__in=["proposed", "agreed", "under_way", "lapsed"], delivered__isnull=True),
                name="claim_delivered_once_accepted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rated") | ~models.Q(satisfaction=""), name="claim_rated_with_a_rating"
            ),
            models.UniqueConstraint(
                fields=["need", "organization", "offer"],
                condition=models.Q(state__in=[str(state) for state in LIVE], need__isnull=False),
                nulls_distinct=False,
                name="claim_of_need_once",
            ),
            models.UniqueConstraint(
                fields=["offer", "place"],
                condition=models.Q(state__in=[str(state) for state in LIVE], need__isnull=True),
                name="claim_of_offer_once",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-moved_at", "-id"], name="claim_newest"),
            models.Index(fields=["office", "organization", "-moved_at"], name="claim_organization"),
            models.Index(fields=["office", "place", "-moved_at"], name="claim_place"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="count_what_is_taken",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("held", f"numeric := {_held('NEW')}"), ("before", f"numeric := {_held('OLD')}")],
                func=_COUNT,
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> Quantity:
        return Quantity(self.quantity if self.delivered is None else self.delivered, self.unit)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @transition(field=state, source=State.PROPOSED, target=State.AGREED)
    def agree(self) -> None:
        """Both sides have said yes; from here on it holds its quantity."""

    @transition(field=state, source=State.AGREED, target=State.UNDER_WAY)
    def start(self) -> None:
        """The organization is at it."""

    @transition(field=state, source=[State.AGREED, State.UNDER_WAY], target=State.ACCEPTED)
    def accept(self) -> None:
        """The beneficiary has it. What took no time need not have been under way."""

    @transition(field=state, source=State.ACCEPTED, target=State.RATED)
    def rate(self) -> None:
        """The beneficiary said how it was."""

    @transition(field=state, source=[State.ACCEPTED, State.RATED], target=State.DONE)
    def finish(self) -> None:
        """Put away; unrated where nobody rated in time."""

    @transition(field=state, source=[State.PROPOSED, State.AGREED, State.UNDER_WAY], target=State.LAPSED)
    def lapse(self) -> None:
        """Refused, taken back, or never answered."""


class ClaimStep(models.Model):
    """What happened with a claim, in order. A step is never changed."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("提出")
        AGREED = "agreed", _("同意")
        STARTED = "started", _("开始办")
        REPORTED = "reported", _("说办到了，请验收")
        SENT_BACK = "sent_back", _("验收没通过")
        ACCEPTED = "accepted", _("验收")
        RATED = "rated", _("评价")
        FINISHED = "finished", _("办结")
        LAPSED = "lapsed", _("没办成")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="steps")
    kind = models.CharField(_("做了什么"), max_length=9, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("谁"))
    words = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("项目经过")
        indexes = [models.Index(fields=["claim", "at", "id"], name="claim_step_order")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.get_kind_display()


class ClaimEvidence(models.Model):
    """Photos and papers that came with the report or the acceptance; they go into the deed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence_links")
    evidence = models.ForeignKey("ledger.Evidence", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("项目证据")
        constraints = [models.UniqueConstraint(fields=["claim", "evidence"], name="claim_evidence_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.evidence_id}"
