"""The monthly topic (每月一题): proposed from hot spots, decided by the office, worked off task by task."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import get_scope

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import DeedKind
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.whistles.models import Topic, TopicTask
from gongjian.work.whistles.selectors.hot_spots import HotSpot, hot_spots
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import checked_words

State = Topic.State
MOST_PROPOSED = 5
"""What an office can look at in a month; the page of hot spots shows all."""


@transaction.atomic
def propose_topics(actor: Account | None, *, month: date) -> Sequence[Topic]:
    """The heaviest hot spots of today as topics of `month`; what is proposed or under way already is not proposed again.

    `actor` None: it happens by itself.
    """
    if actor is not None:
        require(actor, "whistles.manage_topics")
    known: set[tuple[int | None, int | None]] = set(
        Topic.objects.filter(state__in=(State.PROPOSED, State.UNDER_WAY)).values_list("category", "place")
    )
    proposed: list[Topic] = []
    for spot in hot_spots(policy()):
        key = (spot.category.pk, spot.place.pk if spot.place else None)
        if key not in known and len(proposed) < MOST_PROPOSED and (topic := _propose(actor, spot, month.replace(day=1))):
            proposed.append(topic)
        known.add(key)
    return proposed


def propose_monthly() -> Sequence[Topic]:
    """Once a month, by whichever day first finds something; so a month in which nothing ran on the first is caught up."""
    month = clock.today().replace(day=1)
    return () if Topic.objects.filter(month=month).exists() else propose_topics(None, month=month)


def _propose(actor: Account | None, spot: HotSpot, month: date) -> Topic | None:
    """None where this month's was dropped or done before."""
    topic = Topic(
        office=get_scope()["office"],
        title=f"{spot.place.name if spot.place else ''}{spot.category.minor}集中反映"[:120],
        month=month,
        category=spot.category,
        place=spot.place,
        reason=_reason(spot),
        proposed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError:
        return None
    topic.whistles.set(spot.whistles)
    audit.record(actor, "whistles.propose_topic", topic)
    return topic


def _reason(spot: HotSpot) -> str:
    """Stored, so Chinese whatever language is read just now."""
    first, last = (timezone.localtime(at).date() for at in (spot.first, spot.last))
    words = f"，多提到“{'、'.join(spot.words)}”" if spot.words else ""
    return f"{first}至{last}，同类哨件{spot.count}件，{spot.voices}人次反映{words}。"


@transaction.atomic
def open_topic(actor: Account, *, topic: Topic, title: str = "") -> Topic:
    require(actor, "whistles.manage_topics", topic)
    topic = _locked(topic, State.PROPOSED)
    topic.title = title.strip()[:120] or topic.title
    return _decide(actor, topic, State.UNDER_WAY, "whistles.open_topic")


@transaction.atomic
def drop_topic(actor: Account, *, topic: Topic, reason: str) -> Topic:
    require(actor, "whistles.manage_topics", topic)
    words = checked_words(reason, field="reason", sentence=_("请写明为什么不立题。"))
    topic = _locked(topic, State.PROPOSED)
    topic.outcome = words[:1000]
    return _decide(actor, topic, State.DROPPED, "whistles.drop_topic")


@transaction.atomic
def add_task(actor: Account, *, topic: Topic, text: str, organization: Organization, due_on: date) -> TopicTask:
    require(actor, "whistles.manage_topics", topic)
    words = checked_words(text, field="text", sentence=_("请写要做什么。"))
    if due_on < clock.today():
        raise Invalid(_("完成时限不能早于今天。"), code="due-past", field="due_on")
    topic = _locked(topic, State.UNDER_WAY)
    task: TopicTask = TopicTask.objects.create(topic=topic, text=words[:200], organization=organization, due_on=due_on)
    audit.record(actor, "whistles.add_topic_task", topic, task=task.pk)
    return task


@transaction.atomic
def finish_task(actor: Account, *, task: TopicTask, progress: str) -> TopicTask:
    require(actor, "whistles.manage_topics", task.topic)
    words = checked_words(progress, field="progress", sentence=_("请写做成了什么。"))
    topic = _locked(task.topic, State.UNDER_WAY)
    task = TopicTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_on:
        raise Conflict(_("这项任务已经办结。"), code="done")
    task.done_on, task.progress = clock.today(), words[:300]
    task.save(update_fields=["done_on", "progress"])
    audit.record(actor, "whistles.finish_topic_task", topic, task=task.pk)
    return task


@transaction.atomic
def finish_topic(actor: Account, *, topic: Topic, outcome: str) -> Topic:
    """Leaves a deed for each organization that had a task. Raises Conflict while one is not done, or there is none."""
    require(actor, "whistles.finish_topic", topic)
    words = checked_words(outcome, field="outcome", sentence=_("请写办理成效：解决了什么、怎么不再发生。"))
    topic = _locked(topic, State.UNDER_WAY)
    tasks = list(topic.tasks.select_related("organization"))
    if not tasks or any(task.done_on is None for task in tasks):
        raise Conflict(_("任务清单全部办结以后，专题才能办结。"), code="tasks-open")
    began = timezone.localtime(topic.decided_at or topic.proposed_at).date()
    topic.outcome, topic.state = words[:1000], State.DONE
    topic.save()
    for organization in {task.organization_id: task.organization for task in tasks}.values():
        count = sum(task.organization_id == organization.pk for task in tasks)
        _record(actor, topic, organization, count, began)
    audit.record(actor, "whistles.finish_topic", topic)
    return topic


def _record(actor: Account, topic: Topic, organization: Organization, count: int, began: date) -> None:
    record_deed(
        actor,
        kind=DeedKind.objects.get(code="task-ledger"),
        place=topic.place or Place.objects.get(level=Place.Level.SUBDISTRICT),
        organization=organization,
        statement=f"在每月一题“{topic.title}”中办结任务{count}项。",
        occurred_from=began,
        occurred_to=clock.today(),
        source=DeedSource("whistles", f"topic:{topic.pk}:{organization.pk}"),
    )


def _locked(topic: Topic, state: str) -> Topic:
    found = Topic.objects.select_for_update(of=("self",)).select_related("place").get(pk=topic.pk)
    if found.state != state:
        sentence = _("现在是“%(state)s”，不能这样办。请刷新看看。") % {"state": found.get_state_display()}
        raise Conflict(sentence, code="wrong-state")
    return found


def _decide(actor: Account, topic: Topic, state: str, action: str) -> Topic:
    topic.state, topic.decided_by, topic.decided_at = state, actor, clock.now()
    topic.save()
    audit.record(actor, action, topic)
    return topic
