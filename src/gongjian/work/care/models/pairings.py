"""An elder and who looks after them."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField, EncryptedTextField

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, Person, Place
from gongjian.work.care.models.cadences import Risk


class State(models.TextChoices):
    ACTIVE = "active", _("结对中")
    PAUSED = "paused", _("暂停")
    ENDED = "ended", _("已结束")


class Pairing(Stateful):
    """`due_at` is when the elder must have been heard of next, computed from visits and steps by `services.clocks`;
    null while paused and after the end.
    """

    State = State

    office = models.ForeignKey(Office, models.PROTECT)
    elder = models.ForeignKey(Person, models.PROTECT, related_name="pairings", verbose_name=_("老人"))
    community = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("社区"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结对单位")
    )
    carer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结对人"))
    risk = models.CharField(_("风险"), max_length=8, choices=Risk)
    state = StateField(_("状态"), default=State.ACTIVE, choices=State.choices, protected=True)
    began_on = models.DateField(_("从哪天起"))
    address = EncryptedCharField(_("住址"), max_length=120, blank=True, null=True)
    contact_name = EncryptedCharField(_("家属姓名"), max_length=40, blank=True, null=True)
    contact_relation = models.CharField(_("是老人的"), max_length=20, blank=True)
    contact_phone = EncryptedCharField(_("家属电话"), max_length=20, blank=True, null=True)
    last_contact_at = models.DateTimeField(_("最近一次联系上"), null=True)
    due_at = models.DateTimeField(_("最迟什么时候联系"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("结对")
        constraints = [
            models.UniqueConstraint(fields=["elder"], condition=~models.Q(state="ended"), name="pairing_open_once"),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | models.Q(carer__isnull=False), name="pairing_has_a_carer"
            ),
            models.CheckConstraint(
                condition=models.Q(state="active", due_at__isnull=False)
                | (~models.Q(state="active") & models.Q(due_at__isnull=True)),
                name="pairing_due_while_active",
            ),
            models.CheckConstraint(
                condition=models.Q(carer__isnull=True) | ~models.Q(carer=models.F("elder")), name="pairing_of_two"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_at", "id"], condition=models.Q(state="active"), name="pairing_due"),
            models.Index(fields=["community", "state"], name="pairing_community"),
            models.Index(fields=["organization"], name="pairing_organization"),
            models.Index(fields=["carer"], condition=models.Q(carer__isnull=False), name="pairing_carer"),
        ]

    def __str__(self) -> str:
        return str(self.elder)

    @property
    def who_cares(self) -> str:
        return "、".join(str(one) for one in (self.organization and self.organization.called, self.carer) if one)

    @transition(field=state, source=State.ACTIVE, target=State.PAUSED)
    def pause(self) -> None:
        """In hospital, with the children: the clock stands still."""

    @transition(field=state, source=State.PAUSED, target=State.ACTIVE)
    def resume(self) -> None:
        """Home again: the clock begins anew."""

    @transition(field=state, source=[State.ACTIVE, State.PAUSED], target=State.ENDED)
    def end(self) -> None:
        """For good; a new pairing can follow."""


class StepManager(OfficeManager["Step"]):
    office_path = "pairing__office"


class Step(models.Model):
    """What happened to a pairing besides visits, for good. What was said with it is sensitive: written again with new keys, and
    forgotten on request.
    """

    class Kind(models.TextChoices):
        BEGUN = "begun", _("结对")
        RISK = "risk", _("改风险")
        CHANGE = "change", _("有重大变化")
        CARER = "carer", _("换人")
        PAUSED = "paused", _("暂停")
        RESUMED = "resumed", _("恢复")
        ENDED = "ended", _("结束")

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="steps")
    kind = models.CharField(_("什么事"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    risk = models.CharField(_("风险"), max_length=8, choices=Risk)
    words = EncryptedTextField(_("说明"), blank=True, null=True)

    objects = StepManager()

    class Meta:
        verbose_name = _("结对经过")
        indexes = [models.Index(fields=["pairing", "-at"], name="pairing_step")]
        triggers = [
            *(trigger for trigger in append_only() if trigger.name == "never_truncated"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_words_change", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["words"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.get_kind_display()}"
