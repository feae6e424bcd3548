"""People and what they consented to. Numbers are encrypted at rest and masked wherever they are shown."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.append_only import append_only
from gongjian.kernel.masking import mask_name, mask_number
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models.organizations import Organization
from gongjian.registry.models.places import Office, Place


@pghistory.track(exclude=["identity_number", "phone"])
class Person(models.Model):
    """A natural person. `identity_mark` and `phone_mark` are keyed hashes, for finding one without decrypting all."""

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    name = models.CharField(_("姓名"), max_length=40)
    identity_number = EncryptedCharField(_("身份证号"), max_length=18, blank=True, null=True)
    identity_mark = models.CharField(max_length=64, editable=False, blank=True)
    phone = EncryptedCharField(_("手机号"), max_length=20, blank=True, null=True)
    phone_mark = models.CharField(max_length=64, editable=False, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("所在单位")
    )
    community = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("所在社区"))
    party_member = models.BooleanField(_("党员"), default=False)
    erased_at = models.DateTimeField(_("注销时间"), null=True, blank=True, editable=False)

    objects = OfficeManager()
    masked_in_history = ("name",)

    class Meta:
        verbose_name = _("人员")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "identity_mark"], condition=~models.Q(identity_mark=""), name="person_identity_once"
            )
        ]
        indexes = [models.Index(fields=["office", "name"], name="person_name")]

    def __str__(self) -> str:
        return str(_("已注销的人")) if self.erased_at else mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return mask_number(self.phone or "")

    @property
    def masked_identity_number(self) -> str:
        return mask_number(self.identity_number or "", head=3, tail=2)


class Consent(models.Model):
    """A person's separate consent (PIPL §§25, 29) to one use of personal data, until withdrawn. Kept after withdrawal."""

    class Purpose(models.TextChoices):
        PUBLIC_NAMING = "public_naming", _("公开姓名")
        LOCATION = "location", _("签到定位")
        HEALTH = "health", _("健康信息")
        CONTACT = "contact", _("电话联系")

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("用途"), max_length=20, choices=Purpose)
    means = models.CharField(_("方式"), max_length=80)
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("同意记录")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=models.Q(withdrawn_at__isnull=True), name="consent_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_purpose_display()}"


class DataRequest(models.Model):
    """One line of the register of handling: what a person asked about their own data, and what was done (PIPL §§44–50)."""

    class Kind(models.TextChoices):
        COPY = "copy", _("查阅、复制")
        CORRECT = "correct", _("更正")
        ERASE = "erase", _("删除")

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="data_requests", verbose_name=_("人员"))
    kind = models.CharField(_("要求"), max_length=10, choices=Kind)
    basis = models.CharField(_("怎么提出、怎么核实是本人"), max_length=200)
    handled_at = models.DateTimeField(_("办理时间"))
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("个人信息请求")
        indexes = [models.Index(fields=["office", "-handled_at"], name="data_request_handled")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person}"
