"""Meetings about a project: who was asked, who came, who said what, what was resolved."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization
from gongjian.work.projects.models.projects import Project
from gongjian.work.projects.models.tasks import Task


class Meeting(Stateful):
    """`host` is the organization whose deed it is."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("推进会")
        CONSULTATION = "consultation", _("协商会")
        RECEPTION = "reception", _("接待日")
        ASSEMBLY = "assembly", _("业主大会")

    class State(models.TextChoices):
        CALLED = "called", _("已通知")
        HELD = "held", _("开过了")
        CANCELED = "canceled", _("不开了")

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="meetings", verbose_name=_("项目"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    title = models.CharField(_("议题"), max_length=120)
    host = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("谁召集"))
    venue = models.CharField(_("在哪里开"), max_length=80)
    starts_at = models.DateTimeField(_("什么时候"))
    state = StateField(_("状态"), default=State.CALLED, choices=State.choices, protected=True)
    minutes = models.TextField(_("纪要"), max_length=5000, blank=True)
    canceled_because = models.CharField(_("不开的原因"), max_length=200, blank=True)
    called_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("通知人"))
    called_at = models.DateTimeField(_("通知时间"))

    objects = OfficeManager()
    get_kind_display = displaying("kind", Kind)

    class Meta:
        verbose_name = _("会议")
        constraints = [models.UniqueConstraint(fields=["project", "kind", "starts_at"], name="meeting_once")]
        indexes = [
            models.Index(fields=["office", "-starts_at", "-id"], name="meeting_newest"),
            models.Index(fields=["project", "-starts_at"], name="meeting_of_project"),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=State.CALLED, target=State.HELD)
    def hold(self) -> None:
        """It took place; its deed follows."""

    @transition(field=state, source=State.CALLED, target=State.CANCELED)
    def cancel(self) -> None:
        """Everybody who was asked is told."""


class Attendee(models.Model):
    """Somebody asked or come: an account, an organization, or a resident by the words that identify them there, and no more."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("账号"))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("居民、代表"), max_length=40, blank=True)
    came = models.BooleanField(_("到会"), default=False)

    class Meta:
        verbose_name = _("参会的")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, organization__isnull=True, name="")
                | models.Q(account__isnull=True, organization__isnull=False, name="")
                | (models.Q(account__isnull=True, organization__isnull=True) & ~models.Q(name="")),
                name="attendee_is_one",
            ),
            models.UniqueConstraint(
                fields=["meeting", "account", "organization", "name"], nulls_distinct=False, name="attendee_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account or self.organization or self.name)


class Opinion(models.Model):
    """What one person or one floor said."""

    class Stance(models.TextChoices):
        FOR = "for", _("赞成")
        AGAINST = "against", _("反对")
        UNDECIDED = "undecided", _("没表态")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="opinions")
    attendee = models.ForeignKey(Attendee, models.CASCADE, null=True, related_name="opinions", verbose_name=_("谁说的"))
    floor = models.SmallIntegerField(_("几楼"), null=True)
    stance = models.CharField(_("态度"), max_length=9, choices=Stance, default=Stance.UNDECIDED)
    words = models.CharField(_("意见"), max_length=500)
    noted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    noted_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("意见")
        ordering = ["floor", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(attendee__isnull=False) | models.Q(floor__isnull=False), name="opinion_is_somebodys"
            ),
            models.UniqueConstraint(
                fields=["meeting", "attendee", "floor", "words"], nulls_distinct=False, name="opinion_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Resolution(models.Model):
    """Turned into a task once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    words = models.CharField(_("决议"), max_length=300)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="resolution", verbose_name=_("任务"))

    class Meta:
        verbose_name = _("决议")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "words"], name="resolution_once")]

    def __str__(self) -> str:
        return self.words
