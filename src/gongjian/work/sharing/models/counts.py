"""Stock-taking: what was found, against what the books say."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Place
from gongjian.work.sharing.models.goods import Item


class OfCount(OfficeManager[Any]):
    office_path = "count__office"


class StockCount(models.Model):
    """One stock-taking in one place."""

    office = models.ForeignKey(Office, models.PROTECT)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("存放地"))
    counted_at = models.DateTimeField(_("盘点时间"))
    counted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("盘点人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("盘点")
        ordering = ["-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.place} {self.counted_at:%Y-%m-%d}"


class CountLine(models.Model):
    """A difference says why."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("物资"))
    expected = models.DecimalField(_("账上"), max_digits=14, decimal_places=2)
    counted = models.DecimalField(_("实数"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("差在哪里"), max_length=200, blank=True)

    objects = OfCount()

    class Meta:
        verbose_name = _("盘点明细")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["count", "item"], name="count_line_once"),
            models.CheckConstraint(
                condition=models.Q(counted=models.F("expected")) | ~models.Q(reason=""), name="count_difference_says_why"
            ),
            models.CheckConstraint(condition=models.Q(counted__gte=0, expected__gte=0), name="count_not_below_zero"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.item} {self.counted}"

    @property
    def difference(self) -> Any:
        return self.counted - self.expected
