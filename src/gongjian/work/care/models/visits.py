"""Visits, one row each, for good; what is sensitive about them can be forgotten."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from gongjian.kernel.append_only import append_only
from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office
from gongjian.work.care.models.pairings import Pairing


class Visit(models.Model):
    """`slip` is the number that the phone gave it: the same visit sent twice is one. `referred`: what was unusual was handed
    on, under the key `referral_key`.
    """

    class Means(models.TextChoices):
        VISIT = "visit", _("上门")
        PHONE = "phone", _("电话")
        VIDEO = "video", _("视频")

    class Went(models.TextChoices):
        WELL = "well", _("都好")
        WATCH = "watch", _("要多留意")
        UNUSUAL = "unusual", _("有异常")
        ABSENT = "absent", _("没联系上")

    class Doer(models.TextChoices):
        CARER = "carer", _("结对人")
        ORGANIZATION = "organization", _("单位其他人")
        COMMUNITY = "community", _("社区")

    office = models.ForeignKey(Office, models.PROTECT)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="visits")
    slip = models.UUIDField(_("编号"))
    at = models.DateTimeField(_("时间"))
    means = models.CharField(_("方式"), max_length=6, choices=Means)
    went = models.CharField(_("怎么样"), max_length=8, choices=Went)
    doer = models.CharField(_("谁去的"), max_length=12, choices=Doer)
    referred = models.BooleanField(_("已转办"), default=False)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁记的"))
    recorded_at = models.DateTimeField(_("记录时间"))

    get_means_display = displaying("means", Means)
    get_went_display = displaying("went", Went)
    get_doer_display = displaying("doer", Doer)
    objects = OfficeManager()

    class Meta:
        verbose_name = _("探访")
        constraints = [
            models.UniqueConstraint(fields=["office", "slip"], name="visit_slip_once"),
            models.CheckConstraint(condition=models.Q(at__lte=models.F("recorded_at")), name="visit_not_ahead"),
            models.CheckConstraint(
                condition=models.Q(referred=False) | ~models.Q(went="well"), name="visit_referred_has_cause"
            ),
        ]
        indexes = [models.Index(fields=["pairing", "-at"], name="visit_newest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.pairing} {self.at:%Y-%m-%d}"

    @property
    def reached(self) -> bool:
        return self.went != self.Went.ABSENT

    @property
    def referral_key(self) -> str:
        return f"care:{self.slip}"


class NoteManager(OfficeManager["Note"]):
    office_path = "visit__office"


class Note(models.Model):
    """What was noticed about the elder, encrypted. A row of its own, so that it can be deleted while the visit stays."""

    visit = models.OneToOneField(Visit, models.PROTECT, primary_key=True, related_name="note")
    words = EncryptedTextField(_("备注"))

    objects = NoteManager()

    class Meta:
        verbose_name = _("探访备注")

    def __str__(self) -> str:
        return str(self.visit)
