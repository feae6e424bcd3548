"""Selections that somebody named to come back to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account


class OfAccount(OfficeManager["SavedFilter"]):
    office_path = "account__office"


class SavedFilter(models.Model):
    """`query` is the address's query string, e.g. `state=dispatched&community=12`."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=500, blank=True)

    objects = OfAccount()

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name
