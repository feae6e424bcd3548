"""双报到: party organizations and party members report in to a community."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, PartyOrganization, Person, Place


class ReportIn(models.Model):
    """One party organization or one member with one community, until it ends. Shown to both sides and the office only."""

    office = models.ForeignKey(Office, models.PROTECT)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("社区"))
    party = models.ForeignKey(PartyOrganization, models.PROTECT, null=True, related_name="+", verbose_name=_("党组织"))
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", verbose_name=_("党员"))
    post = models.CharField(_("认领的岗位或任务"), max_length=120)
    reported_on = models.DateField(_("报到日期"))
    ended_on = models.DateField(_("结束日期"), null=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("双报到")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party__isnull=False, person__isnull=True)
                | models.Q(party__isnull=True, person__isnull=False),
                name="report_in_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("reported_on")),
                name="report_in_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["place", "party"],
                condition=models.Q(ended_on__isnull=True, party__isnull=False),
                name="report_in_party_once",
            ),
            models.UniqueConstraint(
                fields=["place", "person"],
                condition=models.Q(ended_on__isnull=True, person__isnull=False),
                name="report_in_person_once",
            ),
        ]
        indexes = [models.Index(fields=["office", "place", "-reported_on"], name="report_in_newest")]

    def __str__(self) -> str:
        return str(self.party or self.person)

    @property
    def organization_id(self) -> int | None:
        """The unit that gets the feedback card."""
        return (self.party or self.person).organization_id  # type: ignore[union-attr]
