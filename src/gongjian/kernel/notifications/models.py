"""Where somebody wants to be told, what they are told, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField
from uuid6 import uuid7

from gongjian.kernel.kept import stamped
from gongjian.kernel.notifications import wording
from gongjian.kernel.scoping import OfficeManager

ONE_OWNER = models.Q(account__isnull=False, organization__isnull=True) | models.Q(
    account__isnull=True, organization__isnull=False
)


class Channel(models.Model):
    """An address of one account or one organization. `url` holds secrets; people only ever see `shown`."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "中文"
        ENGLISH = "en", "English"

    office = models.ForeignKey("registry.Office", models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="channels")
    organization = models.ForeignKey("registry.Organization", models.CASCADE, null=True, related_name="channels")
    name = models.CharField(_("名称"), max_length=40)
    url = EncryptedCharField(max_length=1000)
    shown = models.CharField(_("地址"), max_length=200)
    language = models.CharField(_("语言"), max_length=7, choices=Language, default=Language.CHINESE)
    digest_hour = models.PositiveSmallIntegerField(_("每天几点汇总"), null=True, help_text=_("空：随到随发。"))
    quiet_from = models.TimeField(_("免打扰起"), null=True)
    quiet_until = models.TimeField(_("免打扰止"), null=True)
    urgent_passes = models.BooleanField(_("加急的随时发"), default=True)
    enabled = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("建立时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("通知渠道")
        triggers = stamped("kernel.Channel")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="channel_one_owner"),
            models.CheckConstraint(condition=models.Q(digest_hour__lt=24), name="channel_digest_hour"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="channel_quiet_from_until",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> Any:
        return self.account or self.organization


class Notice(models.Model):
    """One thing told to one account or organization. It stays in their inbox, whatever becomes of its deliveries."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("registry.Office", models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices")
    organization = models.ForeignKey("registry.Organization", models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(_("加急"), default=False)
    key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("读过的时间"), null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = OfficeManager()

    class Meta:
        verbose_name = _("通知")
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="notice_one_recipient"),
            models.UniqueConstraint(
                fields=["account", "kind", "key"],
                condition=models.Q(account__isnull=False) & ~models.Q(key=""),
                name="notice_once_for_account",
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "key"],
                condition=models.Q(organization__isnull=False) & ~models.Q(key=""),
                name="notice_once_for_organization",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="notice_account"),
            models.Index(fields=["organization", "-created_at"], name="notice_organization"),
            models.Index(fields=["account"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["organization"], condition=models.Q(read_at__isnull=True), name="notice_unread_organization"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the language that is active now; so is `body`."""
        return wording.title(self.kind, self.context)

    @property
    def body(self) -> str:
        return wording.body(self.kind, self.context)


class Delivery(models.Model):
    """A notice on its way to a channel. `next_attempt_at` is when it is due; a worker that takes it moves it on first."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等着发")
        SENT = "sent", _("已送达渠道")
        FAILED = "failed", _("没发成，会再试")
        GIVEN_UP = "given_up", _("没发成，不再试")

    office = models.ForeignKey("registry.Office", models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="deliveries")
    sent_to = models.CharField(_("渠道"), max_length=40)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("试过几次"), default=0)
    next_attempt_at = models.DateTimeField(_("下次"), null=True)
    last_error = models.CharField(_("原因"), max_length=40, blank=True)
    sent_at = models.DateTimeField(_("送出时间"), null=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("通知的送达")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "failed"], next_attempt_at__isnull=False, sent_at__isnull=True)
                | models.Q(state="sent", next_attempt_at__isnull=True, sent_at__isnull=False)
                | models.Q(state="given_up", next_attempt_at__isnull=True, sent_at__isnull=True),
                name="delivery_state_fits",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_attempt_at"], condition=models.Q(state__in=["waiting", "failed"]), name="delivery_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sent_to} {self.get_state_display()}"

    @property
    def why(self) -> str:
        """`last_error` in words."""
        return wording.error(self.last_error)


OPEN = (Delivery.State.WAITING, Delivery.State.FAILED)
