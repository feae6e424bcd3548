"""Makers of inspections and hazards, through the services that pages call."""

from typing import Any

from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization
from gongjian.work.inspections.models import Answer, Finding, Inspection
from gongjian.work.inspections.selectors.inspections import items_of
from gongjian.work.inspections.services.closing import close_inspection
from gongjian.work.inspections.services.mending import report_mended
from gongjian.work.inspections.services.planning import Plan, TakingPart, plan_inspection
from gongjian.work.inspections.services.walking import Found, answer_item, report_finding


def make_inspection(
    *, by: Account | None = None, place: Place | None = None, parties: int | list[Organization] = 2, **details: Any
) -> Inspection:
    """Of gas, four items, today, by two organizations together."""
    office = get_scope()["office"]
    if not DeedKind.objects.exists():
        load_catalogue()
    units = [make_organization(office) for _number in range(parties)] if isinstance(parties, int) else parties
    plan = {"title": "样例燃气检查", "planned_for": clock.today(), "kinds": ["gas"], **details}
    taking_part = [TakingPart(unit, "样例甲") for unit in units]
    return plan_inspection(
        by or make_clerk(office), plan=Plan(place=place or first_community(office), parties=taking_part, **plan)
    )


def make_worker(inspection: Inspection) -> Account:
    return make_account(inspection.office, Role.COMMUNITY_WORKER, community=first_community(inspection.office))


def make_liaison(organization: Organization) -> Account:
    return make_account(organization.office, Role.UNIT_LIAISON, organization=organization)


def first_party(inspection: Inspection) -> Organization:
    return inspection.parties.order_by("pk")[0].organization


def answer_all(inspection: Inspection, by: Account | None = None) -> None:
    actor = by or make_worker(inspection)
    for item, _answer in items_of(inspection):
        answer_item(actor, inspection=inspection, item=item, verdict=Answer.Verdict.FINE)


def make_finding(inspection: Inspection | None = None, *, by: Account | None = None, **more: Any) -> Finding:
    inspection = inspection or make_inspection()
    found = Found(**{"text": "软管老化", "severity": "serious", **more})
    return report_finding(by or make_worker(inspection), inspection=inspection, found=found)


def make_mended(finding: Finding) -> Finding:
    return report_mended(make_worker(finding.inspection), finding=finding, words="换了新管")


def make_closed(inspection: Inspection | None = None) -> Inspection:
    inspection = inspection or make_inspection()
    answer_all(inspection)
    close_inspection(make_worker(inspection), inspection=inspection)
    inspection.refresh_from_db()
    return inspection
