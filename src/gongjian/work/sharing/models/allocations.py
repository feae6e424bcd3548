"""Who gets what, and that they got it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.masking import mask_name
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Place
from gongjian.work.sharing.models.goods import Item


class Allocation(Stateful):
    """To a community, or to a household in it. It leaves the stock when it is allocated; the signature says that it arrived."""

    class State(models.TextChoices):
        ALLOCATED = "allocated", _("待交接")
        HANDED_OVER = "handed_over", _("已签收")
        RETURNED = "returned", _("已退回")

    office = models.ForeignKey(Office, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT, related_name="allocations", verbose_name=_("物资"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("从哪里出"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("给哪个社区"))
    household = EncryptedCharField(_("给哪一户"), max_length=80, blank=True, null=True)
    to_household = models.BooleanField(default=False, editable=False)
    purpose = models.CharField(_("用途"), max_length=120)
    state = StateField(_("状态"), default=State.ALLOCATED, choices=State.choices, protected=True)
    allocated_at = models.DateTimeField(_("分配时间"))
    allocated_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("分配人"))
    receiver = EncryptedCharField(_("签收人"), max_length=40, blank=True, null=True)
    signature = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("签名"))
    ended_at = models.DateTimeField(_("交接或退回时间"), null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("经手人"))
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("物资分配")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="allocation_positive"),
            models.CheckConstraint(
                condition=~models.Q(state="handed_over") | models.Q(signature__isnull=False, ended_at__isnull=False),
                name="allocation_signed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(reason=""), name="allocation_return_says_why"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-id"], name="allocation_state")]

    def __str__(self) -> str:
        return f"{self.item.name}{self.item.told(self.quantity)} → {self.community}"

    @property
    def told(self) -> str:
        return f"{self.item.name}{self.item.told(self.quantity)}"

    @property
    def masked_household(self) -> str:
        return mask_name(self.household or "")

    @transition(field=state, source=State.ALLOCATED, target=State.HANDED_OVER)
    def hand_over(self) -> None:
        """Signed for."""

    @transition(field=state, source=State.ALLOCATED, target=State.RETURNED)
    def give_back(self) -> None:
        """It was not wanted or not fetched, and lies in the stock again."""
