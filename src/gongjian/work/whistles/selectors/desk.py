"""What an account must do today about whistles, and whistles among the hits of the search box."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem, Found
from gongjian.registry.models import Account, Role
from gongjian.work.whistles.models import Dispatch, Pause, Whistle
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, WITH_LEAD, State
from gongjian.work.whistles.selectors.reach import speaks_for, visible
from gongjian.work.whistles.selectors.selection import MOST_URGENT, NEWEST, RELATED, answering_to

MOST = 20
MOST_HITS = 8


def desk_items(account: Any) -> list[DeskItem]:
    if not may(account, "whistles.board"):
        return []
    items = [*_of_office(account), *_of_organization(account), *_of_community(account)]
    return list({(item.url, str(item.action)): item for item in items}.values())


def _of_office(account: Account) -> Iterator[DeskItem]:
    if not account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER):
        return
    rows = Whistle.objects.select_related(*RELATED)
    urgent = rows.order_by(*MOST_URGENT)
    yield from (_item(w, _("审核")) for w in rows.filter(state=State.PENDING).order_by("pk")[:MOST])
    waiting = urgent.filter(state__in=(*BEFORE_DISPATCH, State.RETURNED)).order_by(
        F("response_due_at").asc(nulls_last=True), "pk"
    )
    yield from (_item(w, _("派单"), w.response_due_at) for w in waiting[:MOST])
    for sent in _dispatches().filter(state=Dispatch.State.OBJECTED).order_by("answer_due_at", "pk")[:MOST]:
        yield _item(sent.whistle, _("答复异议"), sent.answer_due_at)
    asked = Pause.objects.filter(state=Pause.State.ASKED).exclude(asked_by=account)
    for pause in asked.select_related(*(f"whistle__{name}" for name in RELATED)).order_by("asked_at")[:MOST]:
        yield _item(pause.whistle, _("审批延期、暂停"), pause.whistle.resolution_due_at)
    red = urgent.filter(color=Whistle.Color.RED, state__in=WITH_LEAD)
    yield from (_item(w, _("督办"), w.resolution_due_at) for w in red[:MOST])


def _of_organization(account: Account) -> Iterator[DeskItem]:
    if not account.holds(Role.UNIT_LIAISON, Role.COMMUNITY_WORKER):
        return
    mine = _dispatches().filter(organization__in=speaks_for(account), state__in=Dispatch.WAITING)
    for sent in mine.order_by("due_at", "pk")[:MOST]:
        if sent.state == Dispatch.State.SENT:
            yield _item(sent.whistle, _("应哨"), sent.whistle.response_due_at or sent.due_at)
        else:
            yield _item(sent.whistle, _("反馈"), sent.due_at)


def _of_community(account: Account) -> Iterator[DeskItem]:
    own = [one.community_id for one in account.active_assignments if one.role == Role.COMMUNITY_WORKER]
    if not own:
        return
    rows = Whistle.objects.select_related(*RELATED).filter(community__in=own).order_by("reported_at", "pk")
    yield from (_item(w, _("核实"), w.resolution_due_at) for w in rows.filter(state=State.REPORTED)[:MOST])
    yield from (_item(w, _("销哨")) for w in rows.filter(state=State.RATED)[:MOST])


def _dispatches() -> QuerySet[Dispatch]:
    related = (f"whistle__{name}" for name in RELATED)
    rows: QuerySet[Dispatch] = Dispatch.objects.select_related("whistle", *related)
    return rows


def _item(whistle: Whistle, action: str, due: Any = None) -> DeskItem:
    parts = [whistle.number, str(whistle.community or ""), str(whistle.lead or "")]
    return DeskItem(
        room=_("吹哨"),
        title=whistle.text[:40],
        detail=" · ".join(part for part in parts if part),
        url=reverse("whistles:whistle", args=[whistle.pk]),
        action=action,
        due=due,
    )


def search(account: Any, words: str) -> list[Found]:
    """Of what the account reaches, the newest first; strangers find nothing."""
    if not may(account, "whistles.board"):
        return []
    found = visible(account).select_related("community").filter(answering_to(words)).order_by(*NEWEST)[:MOST_HITS]
    return [
        Found(_("哨件"), whistle.text[:40], f"{whistle.number} · {whistle.get_state_display()}", _url(whistle))
        for whistle in found
    ]


def _url(whistle: Whistle) -> str:
    return reverse("whistles:whistle", args=[whistle.pk])
