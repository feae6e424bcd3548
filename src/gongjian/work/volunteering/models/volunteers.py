"""Volunteers: what they can do, when they have time, and whom they would like beside them."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Office, Person
from gongjian.work.volunteering.models.fields import Language
from gongjian.work.volunteering.models.managers import OfVolunteer

ADULT_YEARS = 18


class Skill(models.Model):
    """What a shift may need and a volunteer may have: first aid, driving, sign language."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("技能"), max_length=30)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("技能")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="skill_once")]

    def __str__(self) -> str:
        return self.name


class Volunteer(models.Model):
    """A person who serves. The number is our own, never the identity number.

    The day of birth is asked of minors only; with it stand a guardian and the guardian's consent.
    """

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("街道"))
    person = models.OneToOneField(Person, models.PROTECT, related_name="volunteer", verbose_name=_("人员"))
    number = models.CharField(_("志愿者编号"), max_length=20)
    registered_at = models.DateTimeField(_("登记时间"))
    agreed_at = models.DateTimeField(_("同意须知时间"), null=True)
    skills = models.ManyToManyField(Skill, blank=True, related_name="volunteers", verbose_name=_("技能"))
    languages = ArrayField(models.CharField(max_length=10, choices=Language), default=list, blank=True, verbose_name=_("语言"))
    most_hours_a_week = models.PositiveSmallIntegerField(
        _("一周最多几小时"), null=True, blank=True, help_text=_("空：不限。排班不会超过它。")
    )
    born = models.DateField(_("出生日期"), null=True, blank=True, help_text=_("只有未满 18 周岁才填。"))
    guardian_name = models.CharField(_("监护人姓名"), max_length=40, blank=True)
    guardian_phone = EncryptedCharField(_("监护人电话"), max_length=20, blank=True, null=True)
    guardian_consented_at = models.DateTimeField(_("监护人同意时间"), null=True, blank=True)
    retired_at = models.DateTimeField(_("退出时间"), null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("志愿者")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="volunteer_number_once"),
            models.CheckConstraint(
                condition=models.Q(born__isnull=True)
                | (~models.Q(guardian_name="") & models.Q(guardian_consented_at__isnull=False)),
                name="volunteer_minor_has_guardian",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.number}"

    def is_minor(self, on: date) -> bool:
        born = self.born
        return born is not None and (on.year - ADULT_YEARS, on.month, on.day) < (born.year, born.month, born.day)


class Availability(models.Model):
    """A window of the week in which the volunteer has time. `ends` at or before `begins` runs over midnight.

    A volunteer without any window has time whenever no absence says otherwise.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("周一")
        TUESDAY = 2, _("周二")
        WEDNESDAY = 3, _("周三")
        THURSDAY = 4, _("周四")
        FRIDAY = 5, _("周五")
        SATURDAY = 6, _("周六")
        SUNDAY = 7, _("周日")

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=Weekday)
    begins = models.TimeField(_("从"))
    ends = models.TimeField(_("到"))

    objects = OfVolunteer()

    class Meta:
        verbose_name = _("可服务时间")
        ordering = ["weekday", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "weekday", "begins", "ends"], name="availability_once"),
            models.CheckConstraint(condition=models.Q(weekday__range=(1, 7)), name="availability_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins:%H:%M}–{self.ends:%H:%M}"


class Absence(models.Model):
    """Days on which the volunteer has no time, the last one included."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="absences")
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))

    objects = OfVolunteer()

    class Meta:
        verbose_name = _("不在的日子")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="absence_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Companion(models.Model):
    """`volunteer` would like to serve beside `companion`; a wish of one side."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="companions")
    companion = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", verbose_name=_("想和谁一起"))

    objects = OfVolunteer()

    class Meta:
        verbose_name = _("同伴")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "companion"], name="companion_once"),
            models.CheckConstraint(condition=~models.Q(volunteer=models.F("companion")), name="companion_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} + {self.companion_id}"
