"""Monthly topics and their task lists."""

from collections.abc import Sequence

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Topic, TopicTask, Whistle
from gongjian.work.whistles.selectors.reach import visible


def topics() -> QuerySet[Topic]:
    """Newest month first, with how many tasks there are and how many are done."""
    tasks = Count("tasks", distinct=True)
    done = Count("tasks", filter=Q(tasks__done_on__isnull=False), distinct=True)
    counted = Topic.objects.annotate(task_count=tasks, done_count=done, whistle_count=Count("whistles", distinct=True))
    return counted.select_related("category", "place").order_by("-month", "pk")


def current_topics() -> QuerySet[Topic]:
    return topics().filter(state=Topic.State.UNDER_WAY)


def get_topic(pk: int) -> Topic:
    tasks = Prefetch("tasks", TopicTask.objects.select_related("organization"))
    found = topics().select_related("decided_by").prefetch_related(tasks).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个专题。"))
    return found


def get_task(pk: int) -> TopicTask:
    found: TopicTask | None = TopicTask.objects.select_related("topic", "organization").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这项任务。"))
    return found


def numbers_of(account: Account, pks: Sequence[int]) -> dict[int, Whistle]:
    """Those of the whistles that the account may open."""
    return visible(account).only("pk", "received_at").in_bulk(pks)
