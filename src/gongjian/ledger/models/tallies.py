"""Sums kept per month, so that a page over a million deeds answers at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import Approximation
from gongjian.kernel.scoping import OfficeManager
from gongjian.ledger.models.deeds import DeedKind, Level
from gongjian.registry.models import Office, Organization, Place


class TallyColumns(models.Model):
    office = models.ForeignKey(Office, models.DO_NOTHING, db_index=False)
    month = models.DateField(_("月份"))
    kind = models.ForeignKey(DeedKind, models.DO_NOTHING, db_index=False)
    organization = models.ForeignKey(Organization, models.DO_NOTHING, null=True, db_index=False)
    place = models.ForeignKey(Place, models.DO_NOTHING, db_index=False)
    level = models.SmallIntegerField(choices=Level)
    public = models.BooleanField()
    deeds = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        abstract = True


class Tally(TallyColumns):
    """Sums over the sealed deeds, folded in by sealing in the same transaction. `month` is that of `occurred_to`."""

    objects = OfficeManager()

    class Meta:
        verbose_name = _("月度合计")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "organization", "month", "kind", "place", "level", "public"],
                nulls_distinct=False,
                name="tally_once",
            )
        ]
        indexes = [models.Index(fields=["office", "month"], name="tally_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind_id} {self.deeds}"


class BroadColumns(models.Model):
    """What a grain does not keep apart is NULL, an `approximation` empty; `year` has the first month of each year.

    `office` keeps neither organization nor place; `year` no months; `doers` only who and where, and no quantity.
    """

    class Grain(models.TextChoices):
        OFFICE = "office", _("全街道")
        DOERS = "doers", _("各单位各月")
        YEAR = "year", _("各单位各年")

    office = models.ForeignKey(Office, models.DO_NOTHING, db_index=False)
    grain = models.CharField(max_length=6, choices=Grain)
    month = models.DateField(_("月份"))
    kind = models.ForeignKey(DeedKind, models.DO_NOTHING, null=True, db_index=False)
    organization = models.ForeignKey(Organization, models.DO_NOTHING, null=True, db_index=False)
    place = models.ForeignKey(Place, models.DO_NOTHING, null=True, db_index=False)
    level = models.SmallIntegerField(choices=Level, null=True)
    public = models.BooleanField()
    approximation = models.CharField(max_length=6, choices=Approximation, blank=True)
    deeds = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        abstract = True


class BroadTally(BroadColumns):
    """The same sums with less kept apart: some ten thousand rows a grain where `Tally` has two hundred thousand."""

    objects = OfficeManager()

    class Meta:
        verbose_name = _("大类合计")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "grain", "organization", "month", "kind", "place", "level", "public", "approximation"],
                nulls_distinct=False,
                name="broad_tally_once",
            )
        ]
        indexes = [models.Index(fields=["office", "grain", "month"], name="broad_tally_month")]

    def __str__(self) -> str:
        return f"{self.grain} {self.month:%Y-%m} {self.deeds}"


class CurrentBroadTally(BroadColumns):
    """The view over `BroadTally` and what is not sealed yet, in every grain."""

    objects = OfficeManager()

    class Meta:
        managed = False
        db_table = "ledger_currentbroadtally"
        verbose_name = _("当前大类合计")

    def __str__(self) -> str:
        return f"{self.grain} {self.month:%Y-%m} {self.deeds}"


class CurrentTally(TallyColumns):
    """The view over `Tally` and the deeds and confirmations not sealed yet: always up to the moment."""

    objects = OfficeManager()

    class Meta:
        managed = False
        db_table = "ledger_currenttally"
        verbose_name = _("当前合计")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind_id} {self.deeds}"
