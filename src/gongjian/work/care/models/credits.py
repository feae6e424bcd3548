"""Which visits stand in the ledger already."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Person, Place


class Credit(models.Model):
    """A stretch of days whose visits in one community became a deed of one doer. Two such stretches never overlap.

    `visits` were at the door, `contacts` are all ways together. An organization behind a named carer has contacts only: the
    visits are counted with the carer.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("社区"))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("人员"))
    days = DateRangeField(_("哪些天"))
    visits = models.PositiveIntegerField(_("上门次数"))
    contacts = models.PositiveIntegerField(_("联系次数"))
    at = models.DateTimeField(_("记入时间"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁记的"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("探访记入台账")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) ^ models.Q(person__isnull=False), name="credit_of_one"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False), name="credit_has_days"
            ),
            *(
                ExclusionConstraint(
                    name=f"credit_{doer}_once",
                    expressions=[
                        ("community", RangeOperators.EQUAL),
                        (doer, RangeOperators.EQUAL),
                        ("days", RangeOperators.OVERLAPS),
                    ],
                    condition=models.Q(**{f"{doer}__isnull": False}),
                )
                for doer in ("organization", "person")
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.organization or self.person} {self.days.lower:%Y-%m-%d}"

    @property
    def first(self) -> date:
        return self.days.lower  # type: ignore[no-any-return]

    @property
    def last(self) -> date:
        return self.days.upper - timedelta(days=1)  # type: ignore[no-any-return]
