"""Deeds and their confirmations. Both only grow: the database refuses UPDATE, DELETE and TRUNCATE."""

from datetime import timedelta
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from gongjian.kernel.append_only import append_only
from gongjian.kernel.quantities import Approximation, Quantity, Unit
from gongjian.kernel.scoping import OfficeManager
from gongjian.ledger.models.evidence import Evidence
from gongjian.registry.models import Account, Office, Organization, Person, Place

LATE_AFTER = timedelta(days=30)
"""A deed recorded longer after its last day than this is shown as recorded late. Shown, never forbidden."""


class Pairs(models.Func):
    """A text as the list of its neighboring characters; indexed, it finds words of a language without blanks."""

    function = "ledger_pairs"
    output_field = ArrayField(models.TextField())


class Category(models.TextChoices):
    VOLUNTEERING = "volunteering", _("志愿服务")
    DONATION = "donation", _("捐赠")
    SPACE = "space", _("共享空间")
    RENOVATION = "renovation", _("改造整治")
    DEMOLITION = "demolition", _("拆违腾退")
    INSPECTION = "inspection", _("联合检查")
    CARE = "care", _("结对关爱")
    MEETING = "meeting", _("议事协商")
    EDUCATION = "education", _("宣传教育")
    EPIDEMIC = "epidemic", _("疫情防控")
    SAFETY = "safety", _("平安安全")
    AGREEMENT = "agreement", _("共建协议")
    OTHER = "other", _("其他")


class Level(models.IntegerChoices):
    """Who stands behind a deed."""

    DECLARED = 0, _("自报")
    COMMUNITY = 1, _("社区已确认")
    THIRD_PARTY = 2, _("第三方已确认")


class DeedKind(models.Model):
    """An entry of the catalogue: what kind of deed, counted in which unit. Shipped in `catalogue.toml`."""

    code = models.SlugField(_("代码"), max_length=40, primary_key=True)
    category = models.CharField(_("大类"), max_length=14, choices=Category)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名"), max_length=80)
    unit = models.CharField(_("单位"), max_length=12, choices=Unit, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("事迹种类")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class Deed(models.Model):
    """Something done once, recorded where it happened.

    One deed may stand to the credit of a person, a team and an organization together; office totals count it once.
    A reversing deed names what it `reverses`, carries the negative quantity, and takes it out of every sum.
    `statement` tells it in words; `{数}` and `{日}` in it stand for the quantity and the date, and no figure is typed twice.
    """

    class Precision(models.TextChoices):
        DAY = "day", _("日")
        MONTH = "month", _("月")
        YEAR = "year", _("年")
        RANGE = "range", _("起止")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"), db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("地方"), db_index=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="deeds", verbose_name=_("单位"), db_index=False
    )
    team = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="team_deeds", verbose_name=_("队伍"), db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="deeds", verbose_name=_("个人"), db_index=False)
    beneficiary = models.CharField(_("受益方"), max_length=120, blank=True)
    kind = models.ForeignKey(DeedKind, models.PROTECT, verbose_name=_("种类"), db_index=False)
    quantity = models.DecimalField(_("数量"), max_digits=16, decimal_places=2, null=True)
    unit = models.CharField(_("单位"), max_length=12, choices=Unit, blank=True)
    approximation = models.CharField(_("约数"), max_length=6, choices=Approximation, default=Approximation.EXACT)
    occurred_from = models.DateField(_("开始"))
    occurred_to = models.DateField(_("结束"))
    precision = models.CharField(_("时间精度"), max_length=5, choices=Precision, default=Precision.DAY)
    statement = models.CharField(_("事迹"), max_length=500)
    public = models.BooleanField(_("可公开"), default=True)
    evidence_digests = ArrayField(models.CharField(max_length=64), default=list, verbose_name=_("证据摘要"))
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("记录人"), db_index=False)
    source_room = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=80, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("冲正"))
    initial_level = models.SmallIntegerField(choices=Level, default=Level.DECLARED)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("事迹")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | models.Q(team__isnull=False) | models.Q(person__isnull=False),
                name="deed_has_doer",
            ),
            models.CheckConstraint(
                condition=models.Q(occurred_to__gte=models.F("occurred_from"), occurred_from__gte="1949-10-01"),
                name="deed_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True, unit="") | (models.Q(quantity__isnull=False) & ~models.Q(unit="")),
                name="deed_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True)
                | models.Q(reverses__isnull=True, quantity__gt=0)
                | models.Q(reverses__isnull=False, quantity__lt=0),
                name="deed_quantity_sign",
            ),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=False) | models.Q(initial_level=0), name="deed_starts_declared"
            ),
            models.UniqueConstraint(
                fields=["office", "source_room", "source_key"], condition=~models.Q(source_key=""), name="deed_source_once"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-occurred_to", "-id"], name="deed_office_when"),
            models.Index(fields=["office", "organization", "-occurred_to", "-id"], name="deed_organization_when"),
            models.Index(fields=["office", "kind", "-occurred_to", "-id"], name="deed_kind_when"),
            models.Index(fields=["office", "place", "-occurred_to", "-id"], name="deed_place_when"),
            models.Index(
                fields=["office", "-occurred_to", "-id"],
                condition=models.Q(recorded_at__date__gt=models.F("occurred_to") + LATE_AFTER),
                name="deed_late_when",
            ),
            GinIndex(Pairs("statement"), name="deed_pairs"),
            models.Index(fields=["person", "-occurred_to"], condition=models.Q(person__isnull=False), name="deed_person_when"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="await_sealing",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="INSERT INTO ledger_unsealedrecord (record_id, is_deed) SELECT id, true FROM fresh; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.told[:60]

    @property
    def amount(self) -> Quantity | None:
        """The quantity as people write it; a reversing deed's is shown as the positive amount it takes back."""
        if self.quantity is None:
            return None
        return Quantity(abs(Decimal(self.quantity)), self.unit, self.approximation)

    @property
    def told(self) -> str:
        """The statement with its figures in place, in plain text."""
        from gongjian.ledger.telling import plain

        return plain(self)

    @property
    def is_late(self) -> bool:
        return self._delay > LATE_AFTER

    @property
    def days_until_recorded(self) -> int:
        return max(0, self._delay.days)

    @property
    def _delay(self) -> timedelta:
        return timezone.localtime(self.recorded_at).date() - self.occurred_to


class DeedEvidence(models.Model):
    """Which evidence belongs to which deed. What the deed's seal covers is `Deed.evidence_digests`."""

    deed = models.ForeignKey(Deed, models.PROTECT, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="deed_links")

    class Meta:
        verbose_name = _("事迹证据")
        constraints = [models.UniqueConstraint(fields=["deed", "evidence"], name="deed_evidence_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.deed_id} {self.evidence_id}"


class Confirmation(models.Model):
    """Somebody other than the recorder stands behind a deed. Levels rise in one chain: `from_level` → `level`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    deed = models.ForeignKey(Deed, models.PROTECT, related_name="confirmations")
    from_level = models.SmallIntegerField(choices=Level)
    level = models.SmallIntegerField(_("确认级别"), choices=Level)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("确认人"), db_index=False)
    on_behalf_of = models.CharField(_("代表"), max_length=120)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"))
    evidence_digests = ArrayField(models.CharField(max_length=64), default=list)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("确认")
        constraints = [
            models.UniqueConstraint(fields=["deed", "from_level"], name="confirmation_chain"),
            models.CheckConstraint(condition=models.Q(level__gt=models.F("from_level")), name="confirmation_rises"),
        ]
        indexes = [models.Index(fields=["office", "level", "deed"], name="confirmation_level")]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="await_sealing",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="INSERT INTO ledger_unsealedrecord (record_id, is_deed) SELECT id, false FROM fresh; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.on_behalf_of}"
