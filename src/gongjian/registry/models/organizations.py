"""Organizations under all their names, and the tree of party organizations (三领)."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models.places import Office, Place


@pghistory.track()
class Organization(models.Model):
    """A unit, a community's committee, a firm, or a team inside one of them."""

    class Kind(models.TextChoices):
        ORGAN = "organ", _("机关")
        PUBLIC_INSTITUTION = "institution", _("事业单位")
        SCHOOL = "school", _("学校")
        HOSPITAL = "hospital", _("医院")
        BANK = "bank", _("银行")
        HOTEL = "hotel", _("酒店")
        COOPERATIVE = "cooperative", _("合作社")
        COMPANY = "company", _("企业")
        SOCIAL = "social", _("社会组织")
        COMMITTEE = "committee", _("社区居委会")
        TEAM = "team", _("队伍")

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    name = models.CharField(_("全称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级单位"))
    community = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="organizations", verbose_name=_("所在社区")
    )
    address = models.CharField(_("地址"), max_length=160, blank=True)
    introduction = models.TextField(_("简介"), max_length=1000, blank=True)
    pinyin = models.CharField(max_length=400, editable=False, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("单位")
        ordering = ["pinyin", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="organization_name_once"),
            models.UniqueConstraint(
                fields=["office", "credit_code"], condition=~models.Q(credit_code=""), name="organization_credit_code_once"
            ),
        ]
        indexes = [models.Index(fields=["office", "kind"], name="organization_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        return self.short_name or self.name


class OrganizationAlias(models.Model):
    """Another name of an organization: 省建行 and 建行河南省分行 are one. `folded` is the name without spaces and width."""

    office = models.ForeignKey(Office, models.PROTECT)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases")
    name = models.CharField(_("别名"), max_length=120)
    folded = models.CharField(max_length=120, editable=False)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("单位别名")
        constraints = [models.UniqueConstraint(fields=["office", "folded"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PartyOrganization(models.Model):
    """A party committee, branch or temporary branch; a tree of its own beside the organizations it stands in."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("党（工）委")
        GENERAL_BRANCH = "general_branch", _("党总支")
        BRANCH = "branch", _("党支部")
        TEMPORARY_BRANCH = "temporary_branch", _("临时党支部")

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("上级党组织")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="party_organizations", verbose_name=_("所在单位")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("所在地方"))
    founded = models.DateField(_("成立"), null=True, blank=True)
    dissolved = models.DateField(_("撤销"), null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("党组织")
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="party_organization_name_once"),
            models.CheckConstraint(
                condition=models.Q(dissolved__isnull=True) | models.Q(dissolved__gte=models.F("founded")),
                name="party_organization_dissolved_after_founded",
            ),
        ]

    def __str__(self) -> str:
        return self.name
