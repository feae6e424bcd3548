"""The monthly topic (每月一题): frequent whistles of one kind at one place, taken up together with a task list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.whistles.models.categories import Category
from gongjian.work.whistles.models.managers import OfTopic
from gongjian.work.whistles.models.whistles import Whistle


class Topic(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("建议立题")
        UNDER_WAY = "under_way", _("办理中")
        DONE = "done", _("已办结")
        DROPPED = "dropped", _("不立题")

    office = models.ForeignKey(Office, models.PROTECT)
    title = models.CharField(_("题目"), max_length=120)
    month = models.DateField(_("月份"), help_text=_("当月第一天。"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("类别"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地方"))
    reason = models.TextField(_("缘由"), max_length=1000, blank=True)
    whistles = models.ManyToManyField(Whistle, related_name="topics", blank=True, verbose_name=_("哨件"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人"))
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    outcome = models.TextField(_("办理成效"), max_length=1000, blank=True)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("每月一题")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "category", "place"], nulls_distinct=False, name="topic_once_a_month"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="topic_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicTask(models.Model):
    """One task has one organization responsible, one date, one state."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="tasks")
    text = models.CharField(_("任务"), max_length=200)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("完成时限"))
    done_on = models.DateField(_("完成日期"), null=True)
    progress = models.CharField(_("进展"), max_length=300, blank=True)

    objects = OfTopic()

    class Meta:
        verbose_name = _("专题任务")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text
