"""The site as a whole: visits for safety; and when everything of an organization is closed, its deeds, once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_evidence, take_in_files
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.deeds import record_clearance
from gongjian.work.projects.settling.models import Clearance, SafetyVisit, Settlement

State = Settlement.State


@transaction.atomic
def record_visit(
    actor: Account,
    *,
    project: Project,
    organization: Organization,
    visited_on: date,
    people: str,
    found: str,
    photo: Any = None,
) -> SafetyVisit:
    """Raises Invalid for a visit in the future, Conflict for one that was entered before."""
    require(actor, "settling.keep", Settlement(place=project.place, organization=organization))
    if visited_on > clock.today():
        raise Invalid(_("这一天还没有到。"), code="future", field="visited_on")
    if len(found.strip()) < 2:
        raise Invalid(_("请写看到什么、怎么处理。"), code="found", field="found")
    evidence = take_in_evidence(actor, file=photo, caption=f"现场安全查看：{found.strip()[:60]}") if photo else None
    visit = SafetyVisit(project=project, organization=organization, visited_on=visited_on, people=people.strip())
    visit.found, visit.evidence, visit.recorded_by, visit.recorded_at = found.strip(), evidence, actor, clock.now()
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise Conflict(_("这次查看已经登记过了。"), code="known", field="found") from error
    audit.record(actor, "settling.visit", visit)
    return visit


@transaction.atomic
def finish_clearance(
    actor: Account, *, project: Project, organization: Organization, rounded: bool = False, photos: Sequence[Any] = ()
) -> Clearance:
    """With its photos taken in. See `finish_with`."""
    require(actor, "settling.keep", Settlement(place=project.place, organization=organization))
    evidence = take_in_files(actor, files=photos)
    return finish_with(actor, project=project, organization=organization, rounded=rounded, evidence=evidence)


@transaction.atomic
def finish_with(
    actor: Account, *, project: Project, organization: Organization, rounded: bool, evidence: Sequence[Evidence]
) -> Clearance:
    """`rounded`: the deposits are told as “nearly” the next round sum. Raises Conflict while one is open, and twice."""
    require(actor, "settling.keep", Settlement(place=project.place, organization=organization))
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    settlements = list(project.settlements.filter(organization=organization).exclude(state=State.CANCELLED))
    if not settlements:
        raise Conflict(_("这个单位在这个项目里没有结算。"), code="none")
    open_still = [one for one in settlements if one.state != State.CLOSED]
    if open_still:
        raise Conflict(_("还有 %(n)s 户没有办结。") % {"n": len(open_still)}, code="open")
    clearance = Clearance(project=project, organization=organization, finished_at=clock.now(), finished_by=actor)
    try:
        with transaction.atomic():
            clearance.save()
    except IntegrityError as error:
        raise Conflict(_("这个单位的腾退已经记进台账了。"), code="finished") from error
    record_clearance(actor, clearance, settlements, rounded=rounded, evidence=evidence)
    audit.record(actor, "settling.finish", clearance)
    return clearance
