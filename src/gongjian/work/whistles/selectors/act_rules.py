"""The table of acts: who may do what with a whistle, when, and what comes next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles.models import Dispatch, Rating
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, State
from gongjian.work.whistles.selectors.situation import Situation

FIRST = _("下一步")
NEXT, SEND, TALK, TIME, SORT = _("往下办"), _("派单"), _("沟通"), _("时限"), _("整理")
GROUPS = (NEXT, SEND, TALK, TIME, SORT)
AFTER_REPORT = (State.REPORTED, State.VERIFIED, State.RATED, State.CLOSED)


@dataclass(frozen=True)
class Rule:
    """Where an act stands and when it may be done. `things` yields what it is about: the whistle itself, or parts of it.
    `leads`: it is the natural next step, the big button."""

    name: str
    label: Any
    icon: str
    group: Any
    permissions: tuple[str, ...]
    things: Callable[[Situation], Iterable[Any]]
    leads: Callable[[Situation, Any], bool] = lambda now, thing: False
    kind: str = "form"


def if_(test: Callable[[Situation], bool]) -> Callable[[Situation], Iterable[Any]]:
    """The whistle itself, where `test` holds."""
    return lambda now: [now.whistle] if test(now) else []


def can(step: str) -> Callable[[Situation], Iterable[Any]]:
    return if_(lambda now: now.can(step))


def sent(step: str) -> Callable[[Situation], Iterable[Any]]:
    """The account's dispatches that can take the step."""
    return lambda now: [one for one in now.handled if now.can(step, one)]


def always(now: Situation, thing: Any) -> bool:
    return True


def own(now: Situation, thing: Any) -> bool:
    """The office may write down what a unit did, but the unit's steps are not the office's next step."""
    return now.is_own(thing)


def own_begun(now: Situation, thing: Any) -> bool:
    return own(now, thing) and thing.state in (Dispatch.State.ON_SITE, Dispatch.State.HANDLED)


def in_state(*states: str) -> Callable[[Situation, Any], bool]:
    return lambda now, thing: thing.state in states


def objected(now: Situation) -> list[Dispatch]:
    return [one for one in now.sent if one.state == Dispatch.State.OBJECTED]


def supporters(now: Situation) -> list[Dispatch]:
    return [one for one in now.sent if not one.is_lead and now.whistle.is_open]


def may_ask_for_time(now: Situation) -> bool:
    whistle = now.whistle
    return whistle.is_open and not whistle.reported_at and not whistle.suspended and not now.is_asking


HANDLE, DECIDE, OFFICE, SORTS = ("whistles.handle",), ("whistles.decide_pause",), ("whistles.dispatch",), ("whistles.merge",)
OF_EACH_PART = (HANDLE, DECIDE)
"""Permissions about a part of the whistle: `things` has asked for each of them."""
is_open = if_(lambda now: now.whistle.is_open)
blown = if_(lambda now: now.whistle.blown_at is not None)
own_draft = if_(lambda now: now.whistle.state == State.DRAFT and now.whistle.blown_by_id == now.account.pk)
before_dispatch = if_(lambda now: now.whistle.state in BEFORE_DISPATCH)
later = if_(lambda now: now.whistle.is_open and now.whistle.state not in BEFORE_DISPATCH)
asked_after = if_(lambda now: now.whistle.state in AFTER_REPORT)
to_dispatch = if_(lambda now: now.can("dispatch") and now.whistle.category is not None)
may_end = if_(lambda now: now.may_end)
has_lead = if_(lambda now: now.whistle.is_open and now.whistle.lead_id is not None)
suspended = if_(lambda now: now.whistle.suspended)
in_time = if_(may_ask_for_time)
organization_unrated = if_(lambda now: now.to_rate(Rating.Side.COMMUNITY))
community_unrated = if_(lambda now: now.to_rate(Rating.Side.ORGANIZATION))

TABLE = (
    Rule("draft", _("接着写，吹哨"), "pencil", NEXT, ("whistles.blow",), own_draft, always),
    Rule("approve", _("审核通过"), "check", NEXT, ("whistles.approve",), can("send_back"), always, "post"),
    Rule("send_back", _("退回"), "arrow-back-up", NEXT, ("whistles.approve",), can("send_back")),
    Rule("decide_pause", _("审批延期、暂停"), "clock-plus", NEXT, DECIDE, lambda now: now.asked, always),
    Rule("decide_objection", _("答复异议"), "message-2", NEXT, OFFICE, objected, always),
    Rule("take_up", _("督办"), "urgent", NEXT, ("whistles.supervise",), lambda now: now.overdue, always),
    Rule("triage", _("定类别"), "category", NEXT, ("whistles.triage",), before_dispatch, in_state(State.BLOWN)),
    Rule("dispatch", _("派单"), "send", NEXT, OFFICE, to_dispatch, always),
    Rule("accept", _("应哨"), "check", NEXT, HANDLE, sent("accept"), own, "post"),
    Rule("arrive", _("已到场"), "current-location", NEXT, HANDLE, sent("arrive"), own, "post"),
    Rule("report_back", _("写反馈"), "pencil-plus", NEXT, HANDLE, sent("submit_report"), own_begun),
    Rule("handle", _("处置完了"), "tools", NEXT, HANDLE, sent("handle"), kind="post"),
    Rule("object", _("有异议，不该我们办"), "hand-stop", NEXT, HANDLE, sent("object_")),
    Rule("verify", _("核实通过"), "clipboard-check", NEXT, ("whistles.verify",), can("verify"), always),
    Rule("refuse", _("核实不通过"), "x", NEXT, ("whistles.verify",), can("refuse")),
    Rule("close", _("销哨"), "circle-check", NEXT, ("whistles.close",), may_end, always),
    Rule("revisit", _("回访居民"), "phone", NEXT, ("whistles.revisit",), asked_after, in_state(State.VERIFIED)),
    Rule("rate_organization", _("评单位"), "star", NEXT, ("whistles.rate_organization",), organization_unrated),
    Rule("rate_community", _("评社区"), "star", NEXT, ("whistles.rate_community",), community_unrated),
    Rule("reopen", _("重新办理"), "refresh", NEXT, ("whistles.reopen",), can("reopen")),
    Rule("triage", _("改类别"), "category", SEND, ("whistles.triage",), later),
    Rule("call_in", _("再派配合单位"), "plus", SEND, OFFICE, has_lead),
    Rule("recall", _("收回"), "arrow-back-up", SEND, OFFICE, supporters),
    Rule("contact", _("记一次联系"), "phone", TALK, ("whistles.handle", "whistles.revisit"), is_open),
    Rule("contact_log", _("联系记录（可打印）"), "printer", TALK, ("whistles.view",), blown),
    Rule("comment", _("留言"), "message-circle", TALK, ("whistles.comment",), blown),
    Rule("ask_pause", _("申请延期或暂停"), "clock-plus", TIME, ("whistles.ask_pause",), in_time),
    Rule("resume", _("恢复计时"), "player-play", TIME, ("whistles.ask_pause",), suspended, kind="post"),
    Rule("merge", _("并入另一件"), "git-merge", SORT, SORTS, can("merge")),
    Rule("unmerge", _("从合并里拆出来"), "scissors", SORT, SORTS, can("unmerge")),
    Rule("split", _("拆成几件"), "scissors", SORT, SORTS, is_open),
    Rule("not_accept", _("不予受理"), "x", SORT, ("whistles.triage",), can("not_accept")),
    Rule("withdraw", _("撤回这件哨"), "trash", SORT, ("whistles.blow",), can("withdraw")),
)  # fmt: skip
