"""Who looks at what, where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.inspections.models import Inspection, Kind, Party
from gongjian.work.inspections.services.checklists import current_checklists
from gongjian.work.inspections.services.checks import held_inspection, moving


@dataclass(frozen=True)
class TakingPart:
    organization: Organization
    people: str = ""


@dataclass(frozen=True)
class Plan:
    """`organization`: whoever is inspected, where it is one."""

    title: str
    place: Place
    planned_for: date
    kinds: Sequence[str]
    parties: Sequence[TakingPart]
    spot: str = ""
    organization: Organization | None = None


@transaction.atomic
def plan_inspection(actor: Account, *, plan: Plan) -> Inspection:
    """Raises Invalid without a title, a list, or anybody who takes part, or for a day that is over."""
    require(actor, "inspections.plan", plan.place)
    kinds = [kind for kind in Kind.values if kind in set(plan.kinds)]
    _check(plan, kinds)
    inspection = Inspection.objects.create(
        office=actor.office,
        title=plan.title.strip()[:80],
        place=plan.place,
        spot=plan.spot.strip()[:120],
        organization=plan.organization,
        planned_for=plan.planned_for,
        planned_by=actor,
        planned_at=clock.now(),
    )
    inspection.checklists.set(current_checklists(actor, kinds=kinds))
    Party.objects.bulk_create(
        Party(inspection=inspection, organization=one.organization, people=one.people.strip()[:120]) for one in plan.parties
    )
    audit.record(actor, "inspections.plan", inspection)
    _tell(inspection, plan)
    return inspection


def _check(plan: Plan, kinds: Sequence[str]) -> None:
    if len(plan.title.strip()) < 2:
        raise Invalid(_("请给这次检查起个名字。"), code="title", field="title")
    if not kinds:
        raise Invalid(_("请选至少一张检查表。"), code="kinds-missing", field="kinds")
    if plan.planned_for < clock.today():
        raise Invalid(_("这一天已经过去了。"), code="past", field="planned_for")
    organizations = [one.organization.pk for one in plan.parties]
    if not organizations:
        raise Invalid(_("请写由哪些单位去查。"), code="parties-missing", field="parties")
    if len(set(organizations)) < len(organizations):
        raise Invalid(_("有单位写了两遍。"), code="parties-twice", field="parties")


def _tell(inspection: Inspection, plan: Plan) -> None:
    day = date_format(inspection.planned_for, "MONTH_DAY_FORMAT")
    context = {"title": inspection.title, "day": day, "place": str(inspection.place)}
    url = reverse("inspections:inspection", args=[inspection.pk])
    notify([one.organization for one in plan.parties], "inspections.planned", context, url=url, key=f"i-{inspection.pk}")


@transaction.atomic
def cancel_inspection(actor: Account, *, inspection: Inspection) -> Inspection:
    """Before anything was looked at."""
    require(actor, "inspections.plan", inspection)
    inspection = held_inspection(inspection)
    with moving(inspection):
        inspection.cancel()
    inspection.save()
    audit.record(actor, "inspections.cancel", inspection)
    return inspection
