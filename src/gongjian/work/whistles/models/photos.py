"""Photos beside a whistle; optional, and evidence like any other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledger.models import Evidence
from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Whistle


class Photo(models.Model):
    class Moment(models.TextChoices):
        REPORTED = "reported", _("反映时")
        BEFORE = "before", _("处置前")
        AFTER = "after", _("处置后")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="photos")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    moment = models.CharField(_("时点"), max_length=8, choices=Moment)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("照片")
        constraints = [models.UniqueConstraint(fields=["whistle", "evidence", "moment"], name="whistle_photo_once")]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.evidence}"
