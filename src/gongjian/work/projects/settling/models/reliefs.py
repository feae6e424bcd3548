"""Which rents were waived or halved by whose decision: a list of (months, factor still owed), as data."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office
from gongjian.work.projects.settling.lease import Relief
from gongjian.work.projects.settling.rent import add_months


class ReliefRule(models.Model):
    """Never changed, because settlements rest on it: another rule gets another name. `steps`: [[3, "0"], [2, "0.5"]]."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("名称"), max_length=40)
    basis = models.CharField(_("依据"), max_length=200)
    steps = models.JSONField(_("怎么减"))
    is_sample = models.BooleanField(_("样例"), default=False)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    added_at = models.DateTimeField(_("登记时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("租金减免办法")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="relief_rule_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        said = [
            _("%(n)s 个月付 %(share)s%%") % {"n": months, "share": f"{float(factor) * 100:g}"} for months, factor in self.steps
        ]
        return "，".join(map(str, said))

    def from_month(self, month: date) -> Iterator[Relief]:
        """Its steps one after the other, from that month on."""
        for months, factor in self.steps:
            yield Relief(month, months, Fraction(factor))
            month = add_months(month, months)
