"""What an account must do about inspections and hazards."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Account, Role
from gongjian.work.inspections.models import OPEN_STATES, Finding, Inspection
from gongjian.work.inspections.selectors.inspections import findings, inspections

MOST = 20
SOON = timedelta(days=7)


def desk_items(account: Account | Any) -> list[DeskItem]:
    if not may(account, "inspections.look") or account.holds(Role.AUDITOR, Role.OFFICE_LEADER):
        return []
    items = [*_walks(account), *_hazards(account)]
    if account.holds(Role.OFFICE_CLERK):  # a clerk sees to what others left
        return [item for item in items if item.due is not None and item.due < clock.now()]
    return items


def _walks(account: Account) -> Iterator[DeskItem]:
    ahead = [Inspection.State.PLANNED, Inspection.State.UNDER_WAY]
    found = inspections(account).filter(state__in=ahead, planned_for__lte=clock.today() + SOON).order_by("planned_for", "pk")
    for one in found[:MOST]:
        yield DeskItem(
            room=_("联合检查"),
            title=one.title,
            detail=str(one.place),
            url=reverse("inspections:inspection", args=[one.pk]),
            action=_("去检查"),
            due=_end(one.planned_for),
        )


def _hazards(account: Account) -> Iterator[DeskItem]:
    found = findings(account).filter(state__in=OPEN_STATES, due_on__lte=clock.today() + SOON).order_by("due_on", "pk")
    for one in found[: 2 * MOST]:
        if action := _to_do(account, one):
            yield DeskItem(
                room=_("联合检查"),
                title=one.text,
                detail=f"{one.place} · {one.get_severity_display()}",
                url=reverse("inspections:finding", args=[one.pk]),
                action=action,
                due=_end(one.due_on),
            )


def _to_do(account: Account, finding: Finding) -> str:
    """Empty where it is somebody else's turn. A community sees to it that what nobody else will do is done."""
    own = account.organization_ids()
    overseer = account.holds(Role.COMMUNITY_WORKER, Role.OFFICE_CLERK)
    if finding.state == Finding.State.TRANSFERRED:
        return _("处理") if finding.department_id in own or account.holds(Role.OFFICE_CLERK) else ""
    if finding.state == Finding.State.MENDED:
        return _("复查") if overseer else ""
    if finding.organization_id in own or (overseer and finding.organization_id is None):
        return _("整改")
    return _("督促整改") if overseer and finding.due_on < clock.today() else ""


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
