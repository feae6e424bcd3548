"""What is looked at, by kind, in versions: an inspection keeps the version it was walked by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office


class Kind(models.TextChoices):
    WATER = "water", _("水")
    ELECTRICITY = "electricity", _("电")
    GAS = "gas", _("气")
    FIRE = "fire", _("消防")
    STRUCTURE = "structure", _("房屋结构")
    SPECIAL = "special", _("特种设备")


class Checklist(models.Model):
    """One version of a kind's list. The newest is `current`; the former ones stay for the inspections that used them."""

    office = models.ForeignKey(Office, models.PROTECT)
    kind = models.CharField(_("检查什么"), max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField(_("第几版"))
    current = models.BooleanField(_("在用"), default=True)
    made_at = models.DateTimeField(_("什么时候定的"))
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁定的"))

    get_kind_display = displaying("kind", Kind)
    objects = OfficeManager()

    class Meta:
        verbose_name = _("检查表")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "version"], name="checklist_version_once"),
            models.UniqueConstraint(fields=["office", "kind"], condition=models.Q(current=True), name="checklist_current_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ItemManager(OfficeManager["Item"]):
    office_path = "checklist__office"


class Item(models.Model):
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("看什么"), max_length=120)

    objects = ItemManager()

    class Meta:
        verbose_name = _("检查项")
        ordering = ["checklist", "number"]
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="checklist_item_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.text
