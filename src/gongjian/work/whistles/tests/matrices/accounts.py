from datetime import timedelta
from typing import Any

from gongjian.kernel import clock
from gongjian.kernel.tests.matrix import Case
from gongjian.work.whistles.models import Topic, TopicTask
from gongjian.work.whistles.services.excluding import ask_exclusion
from gongjian.work.whistles.tests.factories import make_whistle
from tests.permissions.world import OFFICE, STAFF

ASKERS = frozenset({"office_clerk", "community_worker"})


def _pk(name: str) -> dict[str, Any]:
    return {"kwargs": lambda world: {"pk": world.things[name].pk}}


def _form(url_name: str, allowed: frozenset[str], **more: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **more), Case(url_name, method="post", allowed=allowed, **more)]


MATRIX: list[Case] = [
    Case("whistles:rates", allowed=STAFF),
    Case("whistles:rates_export", allowed=STAFF),
    Case("whistles:exclusions", allowed=STAFF),
    *_form("whistles:exclude", ASKERS, **_pk("whistle")),
    *_form("whistles:decide_exclusion", OFFICE, **_pk("exclusion")),
    Case("whistles:hot_spots", allowed=STAFF),
    Case("whistles:topics", allowed=STAFF),
    Case("whistles:propose_topics", method="post", allowed=OFFICE),
    Case("whistles:topic", allowed=STAFF, **_pk("topic")),
    *_form("whistles:open_topic", OFFICE, **_pk("topic")),
    *_form("whistles:drop_topic", OFFICE, **_pk("topic")),
    *_form("whistles:add_topic_task", OFFICE, **_pk("topic")),
    *_form("whistles:finish_topic", frozenset({"office_clerk"}), **_pk("topic")),
    *_form("whistles:finish_topic_task", OFFICE, **_pk("topic_task")),
    Case("whistles:weekly", allowed=STAFF),
    Case("whistles:weekly_pdf", allowed=STAFF),
]


def build(world: Any) -> None:
    excluded = make_whistle("邻居家的狗又叫了", place=world.community)
    world.things["exclusion"] = ask_exclusion(
        world.accounts["community_worker"], whistle=excluded, reason="unreasonable", words="多次上门查看，没有发现"
    )
    month = clock.today().replace(day=1)
    world.things["topic"] = Topic.objects.create(office=world.office, title="样例专题", month=month, proposed_at=clock.now())
    world.things["topic_task"] = TopicTask.objects.create(
        topic=world.things["topic"], text="样例任务", organization=world.organization, due_on=month + timedelta(days=60)
    )
