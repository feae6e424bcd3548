"""How much each floor counts, as data."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office


class CoefficientTable(models.Model):
    """Never changed, because agreements rest on it: another table gets another name. `factors`: {"3": "0.7"}."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("名称"), max_length=40)
    basis = models.CharField(_("依据"), max_length=200)
    factors = models.JSONField(_("楼层系数"))
    is_sample = models.BooleanField(_("样例"), default=False)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    added_at = models.DateTimeField(_("登记时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("楼层系数表")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="coefficient_table_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.name

    @property
    def by_floor(self) -> dict[int, Decimal]:
        return {int(floor): Decimal(factor) for floor, factor in self.factors.items()}

    @property
    def told(self) -> str:
        return "　".join(f"{floor}F {factor}" for floor, factor in sorted(self.by_floor.items()))
