"""Neighbors who said the same: joining counts a voice and blows no second whistle."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Whistle


class Voice(models.Model):
    """`mark` is a keyed hash of the phone, or of the browser's session where none was given: one neighbor counts once."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="joined")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(_("时间"))
    words = models.CharField(_("补充"), max_length=500, blank=True)
    phone = EncryptedCharField(_("电话"), max_length=20, blank=True, null=True)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("同感")
        constraints = [models.UniqueConstraint(fields=["whistle", "mark"], name="voice_once")]

    def __str__(self) -> str:
        return self.words[:24]
