from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.scoping import OfficeManager


class Subscription(models.Model):
    """A calendar that an account subscribes to elsewhere: whoever has the secret reads what the account may see.

    `code` says which calendar and `about` of which thing; the account's own calendar has neither.
    """

    office = models.ForeignKey("registry.Office", models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendars")
    code = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=60, blank=True)
    secret = EncryptedCharField(max_length=200)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("建立时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("日历订阅")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["account", "code", "about"], name="calendar_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.about}".strip() or "own"
