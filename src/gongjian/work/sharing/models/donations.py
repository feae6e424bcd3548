"""Donations and their receipts: by which channel, from whom, what for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.masking import mask_name
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.sharing.models.goods import Item, OfItem


class Channel(models.TextChoices):
    """The last three are what people ask for and the law does not allow: they are named so that the answer can say why."""

    CHARITY = "charity", _("经慈善组织代收转交")
    RED_CROSS = "red_cross", _("经红十字会代收转交")
    COUNTY = "county", _("县区政府部门受赠")
    TRANSFER = "transfer", _("单位之间资产调拨")
    MUTUAL = "mutual", _("社区内部互助")
    TO_OFFICE = "to_office", _("直接捐给街道、居委会")
    APPEAL = "appeal", _("街道、社区自己向社会募捐")
    OWN_USE = "own_use", _("指定给街道机关自己用")


LAWFUL = (Channel.CHARITY, Channel.RED_CROSS, Channel.COUNTY, Channel.TRANSFER, Channel.MUTUAL)


class Donation(models.Model):
    """One receipt. `organization` gave it, or brought the donor (`arranged`); `donor` is a name where no organization gave."""

    office = models.ForeignKey(Office, models.PROTECT)
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel)
    via = models.CharField(_("代收或受赠单位"), max_length=120, blank=True)
    document = models.CharField(_("票据或文书号"), max_length=80, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("捐赠单位")
    )
    arranged = models.BooleanField(_("该单位是牵线的，不是捐赠方"), default=False)
    donor = EncryptedCharField(_("捐赠人"), max_length=80, blank=True, null=True)
    naming = models.BooleanField(_("捐赠人同意公开名字"), default=False)
    purpose = models.CharField(_("用途"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("收到哪里"))
    received_on = models.DateField(_("收到日期"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("经办人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("捐赠")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "serial"], name="donation_number_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[str(channel) for channel in LAWFUL]), name="donation_by_lawful_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(channel="mutual") | ~models.Q(document=""), name="donation_has_its_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(arranged=False) | models.Q(organization__isnull=False), name="donation_arranged_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial:04d}"

    @property
    def donor_told(self) -> str:
        """As everybody may read it: who did not consent is masked."""
        if self.organization and not self.arranged:
            return self.organization.name
        if not self.donor:
            return str(_("不愿留名的街坊"))
        return self.donor if self.naming else mask_name(self.donor)


class DonationLine(models.Model):
    donation = models.ForeignKey(Donation, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("物资"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)

    objects = OfItem()

    class Meta:
        verbose_name = _("捐赠明细")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["donation", "item"], name="donation_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="donation_line_positive"),
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def told(self) -> str:
        return f"{self.item.name}{self.item.told(self.quantity)}"
