"""Opinions of residents, household by household (征求意见): one answer each, with the reason for it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office
from gongjian.work.projects.models.projects import Project


class Poll(Stateful):
    """`slug` stands in the address that is on the doors. `households`: who may answer; empty, whoever lives there says where.

    An anonymous one keeps a keyed hash of the household only, so that it answers once.
    """

    class State(models.TextChoices):
        OPEN = "open", _("正在征求")
        CLOSED = "closed", _("结束了")

    office = models.ForeignKey(Office, models.PROTECT)
    project = models.ForeignKey(Project, models.PROTECT, related_name="polls", verbose_name=_("项目"))
    question = models.CharField(_("问什么"), max_length=200)
    details = models.TextField(_("说明"), max_length=2000, blank=True)
    options = ArrayField(models.CharField(max_length=60), verbose_name=_("怎么选"))
    households = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("哪些户"))
    anonymous = models.BooleanField(_("不记名"), default=True)
    closes_on = models.DateField(_("最后一天"))
    slug = models.CharField(max_length=22, unique=True, editable=False)
    state = StateField(_("状态"), default=State.OPEN, choices=State.choices, protected=True)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发起人"))
    opened_at = models.DateTimeField(_("发起时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("征求意见")
        constraints = [models.UniqueConstraint(fields=["project", "question"], name="poll_once")]

    def __str__(self) -> str:
        return self.question

    @transition(field=state, source=State.OPEN, target=State.CLOSED)
    def close(self) -> None:
        """No answer comes in any more; the count may be seen by everybody who has the address."""


class Answer(models.Model):
    """`household` is empty in an anonymous poll. The day, not the moment: nobody is to be told by when they answered."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="answers")
    household_mark = models.CharField(max_length=64, editable=False)
    household = models.CharField(_("哪一户"), max_length=40, blank=True)
    choice = models.PositiveSmallIntegerField(_("选了第几项"))
    reason = models.CharField(_("为什么"), max_length=300, blank=True)
    on = models.DateField(_("哪天"))

    class Meta:
        verbose_name = _("回答")
        constraints = [models.UniqueConstraint(fields=["poll", "household_mark"], name="poll_answer_once")]
        indexes = [models.Index(fields=["poll", "choice"], name="poll_answer_by_choice")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.poll} {self.choice}"
