"""What a venue was used in a month, settled once and told in the ledger."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.registry.models import Account
from gongjian.work.sharing.models.venues import OfVenue, Venue


class Settlement(models.Model):
    """The use of one venue in one month. From then on its attendance no longer changes."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="settlements")
    month = models.DateField(_("月份"), help_text=_("当月第一天"))
    bookings = models.PositiveIntegerField(_("用了几次"))
    hours = models.DecimalField(_("使用时长（小时）"), max_digits=8, decimal_places=2)
    visitors = models.PositiveIntegerField(_("到场人次"))
    no_shows = models.PositiveIntegerField(_("没有来的"))
    settled_at = models.DateTimeField(_("结算时间"))
    settled_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("结算人"))

    objects = OfVenue()

    class Meta:
        verbose_name = _("场地月结")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "month"], name="settlement_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="settlement_of_a_month"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.venue} {self.month:%Y-%m}"

    @property
    def floor_hours(self) -> Decimal:
        """Square meters times hours; zero where the area is not known."""
        return (self.venue.area or Decimal(0)) * self.hours
