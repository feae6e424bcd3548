"""The first two of the three lists: what is needed (需求清单) and what is offered (资源清单)."""

from decimal import Decimal
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import WHOLE_UNITS, Quantity, Unit
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.cobuilding.kinds import DEEDS, Condition, Kind, Weekday


def whole(*fields: str) -> models.Q:
    """No fraction of what is counted in pieces."""
    pieces = models.Q(unit__in=sorted(WHOLE_UNITS))
    return ~pieces | models.Q(*(models.Q(**{field: Floor(field)}) | models.Q(**{f"{field}__isnull": True}) for field in fields))


def counted_in_its_unit() -> models.Q:
    return reduce(or_, (models.Q(kind=str(kind), unit=str(unit)) for kind, unit in DEEDS))


class Listing(models.Model):
    """`taken` is what agreed claims hold of `quantity`: a trigger on claims keeps it, a constraint bounds it.

    Within `from_day` and `until_day` (None: without end), on `weekdays` (empty: any), between `hours_from` and `hours_to`
    (None: all day). `at_least`: smaller parts are not worth the effort.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    title = models.CharField(_("名称"), max_length=60)
    details = models.TextField(_("说明"), max_length=500, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=12, choices=Unit)
    taken = models.DecimalField(_("已认领"), max_digits=12, decimal_places=2, default=Decimal(0), editable=False)
    at_least = models.DecimalField(_("一次至少"), max_digits=12, decimal_places=2, null=True, blank=True)
    from_day = models.DateField(_("从哪天起"))
    until_day = models.DateField(_("到哪天止"), null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), default=list, blank=True, verbose_name=_("周几"))
    hours_from = models.TimeField(_("几点起"), null=True, blank=True)
    hours_to = models.TimeField(_("几点止"), null=True, blank=True)
    conditions = ArrayField(
        models.CharField(max_length=12, choices=Condition), default=list, blank=True, verbose_name=_("条件")
    )
    posted_at = models.DateTimeField(_("发布时间"))
    posted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发布人"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    withdrawn_because = models.CharField(_("撤下的原因"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="%(class)s_quantity_positive"),
            models.CheckConstraint(
                condition=models.Q(taken__gte=0, taken__lte=models.F("quantity")), name="%(class)s_not_overdrawn"
            ),
            models.CheckConstraint(
                condition=models.Q(at_least__isnull=True) | models.Q(at_least__gt=0, at_least__lte=models.F("quantity")),
                name="%(class)s_at_least_within",
            ),
            models.CheckConstraint(condition=whole("quantity", "taken", "at_least"), name="%(class)s_whole_pieces"),
            models.CheckConstraint(condition=counted_in_its_unit(), name="%(class)s_unit_fits_kind"),
            models.CheckConstraint(
                condition=models.Q(until_day__isnull=True) | models.Q(until_day__gte=models.F("from_day")),
                name="%(class)s_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_from__isnull=True, hours_to__isnull=True)
                | models.Q(hours_to__gt=models.F("hours_from")),
                name="%(class)s_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> Quantity:
        return Quantity(self.quantity, self.unit)

    @property
    def left(self) -> Quantity:
        return Quantity(self.quantity - self.taken, self.unit)

    @property
    def is_used_up(self) -> bool:
        return self.taken >= self.quantity

    @property
    def weekday_names(self) -> str:
        return "、".join(str(Weekday(number).label) for number in self.weekdays)

    @property
    def condition_names(self) -> str:
        return "、".join(str(Condition(code).label) for code in self.conditions)


class Need(Listing):
    """What a community lacks. `conditions` must all be met; `farthest_meters` bounds how far away the means may be."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    farthest_meters = models.PositiveIntegerField(_("最远多少米"), null=True, blank=True)

    objects = OfficeManager()

    class Meta(Listing.Meta):
        verbose_name = _("需求")
        indexes = [models.Index(fields=["office", "kind", "-posted_at", "-id"], name="need_newest")]


class Offer(Listing):
    """What an organization can give. `conditions` are those it meets; `place` is where the means are, if they are anywhere."""

    class Reach(models.TextChoices):
        OFFICE = "office", _("全街道")
        COMMUNITY = "community", _("只给所在社区")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("在哪里"))
    reach = models.CharField(_("给谁用"), max_length=9, choices=Reach, default=Reach.OFFICE)

    objects = OfficeManager()

    class Meta(Listing.Meta):
        verbose_name = _("资源")
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(reach="office") | models.Q(place__isnull=False), name="offer_community_has_place"
            ),
        ]
        indexes = [models.Index(fields=["office", "kind", "-posted_at", "-id"], name="offer_newest")]
