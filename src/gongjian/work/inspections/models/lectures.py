"""Telling people how to keep safe."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Place

MOST_PEOPLE = 10_000


class Lecture(models.Model):
    """`form`: a lecture is counted in sessions, a talk from door to door is told without a figure."""

    class Form(models.TextChoices):
        LECTURE = "lecture", _("讲座（记一场）")
        TALK = "talk", _("上门宣讲（不计场次）")

    office = models.ForeignKey(Office, models.PROTECT)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("谁讲的"))
    title = models.CharField(_("讲什么"), max_length=80)
    form = models.CharField(_("形式"), max_length=8, choices=Form)
    held_on = models.DateField(_("哪天"))
    people = models.PositiveIntegerField(
        _("多少人听"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁记的"))
    recorded_at = models.DateTimeField(_("记录时间"))

    get_form_display = displaying("form", Form)
    objects = OfficeManager()

    class Meta:
        verbose_name = _("安全讲座")
        constraints = [
            models.UniqueConstraint(fields=["place", "organization", "held_on", "title"], name="lecture_once"),
            models.CheckConstraint(
                condition=models.Q(people__isnull=True) | models.Q(people__range=(1, MOST_PEOPLE)), name="lecture_people"
            ),
        ]
        indexes = [models.Index(fields=["office", "-held_on"], name="lecture_newest")]

    def __str__(self) -> str:
        return self.title
