"""Offices and the places inside them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.kept import stamped
from gongjian.kernel.scoping import OfficeManager


class Office(models.Model):
    """A subdistrict office (街道办事处): the tenant. Everything below it is visible inside its scope only."""

    code = models.CharField(_("区划代码"), max_length=9, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=20)
    hostnames = ArrayField(models.CharField(max_length=253), default=list, blank=True, verbose_name=_("网址主机名"))
    telephone = models.CharField(_("电话"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("街道办事处")
        triggers = stamped("registry.Office")

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A place by division code (GB/T 2260 and the statistical codes below it) or, below the community, by our own.

    `path` is the codes from the province down, joined by `/`, so that "everything inside" is a prefix match.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        DISTRICT = "district", _("区县")
        SUBDISTRICT = "subdistrict", _("街道")
        COMMUNITY = "community", _("社区")
        COMPOUND = "compound", _("楼院")
        BUILDING = "building", _("楼栋")
        STREET = "street", _("道路、广场")

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级"))
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    code = models.CharField(_("代码"), max_length=30)
    name = models.CharField(_("名称"), max_length=80)
    official_name = models.CharField(
        _("正式名称"), max_length=80, blank=True, help_text=_("区划数据中的全名，如“通信花园社区居民委员会”。")
    )
    path = models.CharField(max_length=200, editable=False)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("地方")
        triggers = stamped("registry.Place")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="place_code_once"),
            models.CheckConstraint(
                condition=models.Q(level="province", parent__isnull=True) | models.Q(parent__isnull=False),
                name="place_has_parent",
            ),
        ]
        indexes = [models.Index(fields=["office", "path"], name="place_path")]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for a province."""
        return self.path.count("/")
