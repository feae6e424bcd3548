from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Escalation, Whistle
from tests.permissions.world import OFFICE

CLERK = {"office_clerk"}
GROUND = OFFICE | {"community_worker"}
CLERK_GROUND = CLERK | {"community_worker"}
SENT = CLERK | {"unit_liaison"}
ALL_HANDS = GROUND | {"unit_liaison"}
SEERS = ALL_HANDS | {"auditor"}


def _whistle(world: Any) -> dict[str, Any]:
    return {"pk": world.whistle.pk}


def _dispatch(world: Any) -> dict[str, Any]:
    return {"pk": world.dispatch.pk}


def _form(name: str, allowed: Any, kwargs: Any = _whistle) -> list[Case]:
    name = f"whistles:{name}"
    return [Case(name, allowed=allowed, kwargs=kwargs), Case(name, method="post", allowed=allowed, kwargs=kwargs)]


MATRIX = [
    Case("whistles:blow", allowed=GROUND | {"other_community_worker"}),
    Case("whistles:blow", method="post", allowed=GROUND | {"other_community_worker"}),
    *_form("draft", CLERK, lambda world: {"pk": world.draft.pk}),
    *_form("approve", OFFICE),
    *_form("send_back", OFFICE),
    *_form("triage", OFFICE),
    *_form("not_accept", OFFICE),
    *_form("withdraw", GROUND),
    *_form("dispatch", OFFICE),
    *_form("call_in", OFFICE),
    *_form("recall", OFFICE, _dispatch),
    *_form("object", SENT, _dispatch),
    *_form("decide_objection", OFFICE, _dispatch),
    *_form("accept", SENT, _dispatch),
    *_form("arrive", SENT, _dispatch),
    *_form("handle", SENT, _dispatch),
    *_form("report_back", SENT, _dispatch),
    *_form("contact", CLERK_GROUND | {"unit_liaison"}),
    *_form("verify", CLERK_GROUND),
    *_form("refuse", CLERK_GROUND),
    *_form("revisit", CLERK_GROUND),
    *_form("rate_organization", CLERK_GROUND),
    *_form("rate_community", {"unit_liaison"}),
    *_form("close", GROUND - {"office_leader"}),
    *_form("reopen", GROUND),
    *_form("merge", OFFICE),
    *_form("unmerge", OFFICE),
    *_form("split", OFFICE),
    *_form("ask_pause", CLERK_GROUND | {"unit_liaison"}),
    *_form("decide_pause", {"office_leader"}, lambda world: {"pk": world.pause.pk}),
    *_form("resume", CLERK_GROUND | {"unit_liaison"}),
    *_form("take_up", {"office_leader"}, lambda world: {"pk": world.escalation.pk}),
    *_form("comment", ALL_HANDS),
    Case("whistles:contact_log", allowed=SEERS, kwargs=_whistle),
]


def build(world: Any) -> None:
    """The clerk's own draft, and of the whistle an application of the clerk's and a red warning."""
    clerk, whistle = world.accounts["office_clerk"], world.things["whistle"]
    world.things["draft"] = services.save_draft(clerk, report=services.Report(text="三号楼的路灯不亮", place=world.community))
    late = whistle.resolution_due_at
    world.things["pause"] = services.ask_pause(
        clerk, whistle=whistle, kind="extend", reason="等配件", until=late.replace(year=late.year + 1)
    )
    world.things["escalation"] = Escalation.objects.create(
        whistle=whistle, clock=Escalation.Clock.RESPONSE, color=Whistle.Color.RED, due_at=late, at=late
    )
