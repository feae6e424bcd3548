"""Going round with the phone: items answered, hazards found. What waited for the network comes later, and counts once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.registry.selectors import find_organization
from gongjian.work.inspections.models import Answer, Finding, FindingPhoto, FindingStep, Inspection, Item, Severity
from gongjian.work.inspections.services.checks import checked_limit, checked_words, held_inspection, moving, seen_at

State = Inspection.State


@dataclass(frozen=True)
class Found:
    """`responsible` is an organization by any of its names, or a person. `slip`: the number that the phone gave it."""

    text: str
    severity: str
    responsible: str = ""
    due_on: date | None = None
    spot: str = ""
    item: Item | None = None
    found_at: datetime | None = None
    photos: Sequence[Any] = ()
    slip: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def answer_item(
    actor: Account, *, inspection: Inspection, item: Item, verdict: str, answered_at: datetime | None = None
) -> Answer:
    """The later of two answers to one item stands. Raises Conflict once it is closed."""
    require(actor, "inspections.walk", inspection)
    inspection = held_inspection(inspection)
    check_item(inspection, item)
    known = Answer.objects.filter(inspection=inspection, item=item).first()
    moment = seen_at(answered_at)
    if known and (known.answered_at > moment or (known.answered_at, known.verdict) == (moment, verdict)):
        return known
    _begin(inspection)
    answer = known or Answer(inspection=inspection, item=item)
    answer.verdict, answer.answered_at, answer.received_at, answer.by = verdict, moment, clock.now(), actor
    answer.save()
    audit.record(actor, "inspections.answer", inspection, item=item.pk, verdict=verdict)
    return answer


def check_item(inspection: Inspection, item: Item | None) -> None:
    if item is not None and not inspection.checklists.filter(pk=item.checklist_id).exists():
        raise Invalid(_("这一项不在这次检查的检查表里。"), code="item", field="item")


def _begin(inspection: Inspection) -> None:
    with moving(inspection):
        inspection.begin()
    inspection.begun_at = inspection.begun_at or clock.now()
    inspection.save()


@transaction.atomic
def report_finding(actor: Account, *, inspection: Inspection, found: Found) -> Finding:
    """The same `slip` again gives the first one's answer. After the closing too: what waited in a phone is not lost."""
    require(actor, "inspections.walk", inspection)
    inspection = held_inspection(inspection)
    known = Finding.objects.filter(slip=found.slip).first()
    if known is not None:
        return _same(known, inspection)
    if inspection.state == State.CANCELLED:
        raise Conflict(_("这次检查取消了，隐患请另排一次检查再记。"), code="cancelled")
    if inspection.state != State.CLOSED:
        _begin(inspection)
    finding = _drafted(actor, inspection, found)
    evidence = take_in_files(actor, files=found.photos)
    _locate(finding, evidence)
    _store(finding)
    FindingPhoto.objects.bulk_create(
        [FindingPhoto(finding=finding, evidence=one, moment=FindingPhoto.Moment.BEFORE) for one in evidence],
        ignore_conflicts=True,
    )
    note_step(actor, finding, FindingStep.Kind.FOUND, "inspections.find")
    tell_mender(finding, "inspections.found")
    return finding


def _same(known: Finding, inspection: Inspection) -> Finding:
    if known.inspection_id != inspection.pk:
        raise Conflict(_("这个编号已经用于另一处隐患，请刷新页面后重新填写。"), code="slip-reused")
    return known


def _drafted(actor: Account, inspection: Inspection, found: Found) -> Finding:
    if found.severity not in Severity.values:
        raise Invalid(_("请选问题有多严重。"), code="severity", field="severity")
    check_item(inspection, found.item)
    named = found.responsible.strip()
    organization = find_organization(named) if named else inspection.organization
    return Finding(
        office=actor.office,
        inspection=inspection,
        item=found.item,
        slip=found.slip,
        place=inspection.place,
        spot=(found.spot.strip() or inspection.spot)[:120],
        text=checked_words(found.text, _("请写是什么问题。"), field="text")[:200],
        severity=found.severity,
        organization=organization,
        person="" if organization else named[:40],
        due_on=checked_limit(found.due_on, found.severity),
        found_at=seen_at(found.found_at),
        received_at=clock.now(),
        found_by=actor,
    )


def _locate(finding: Finding, evidence: Sequence[Any]) -> None:
    """Where the photo was taken, if it says so."""
    placed = next((one for one in evidence if one.latitude is not None and one.longitude is not None), None)
    if placed:
        finding.latitude, finding.longitude = placed.latitude, placed.longitude


def _store(finding: Finding) -> None:
    try:
        with transaction.atomic():
            finding.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这个编号已经用于另一处隐患，请刷新页面后重新填写。"), code="slip-reused") from error


def note_step(actor: Account, finding: Finding, kind: str, action: str, words: str = "") -> None:
    """Append what happened and write the action log."""
    FindingStep.objects.create(
        finding=finding, kind=kind, at=clock.now(), by=actor, words=words.strip()[:400], due_on=finding.due_on
    )
    audit.record(actor, action, finding)


def tell_mender(finding: Finding, kind: str) -> None:
    if finding.organization:
        tell(finding.organization, finding, kind)


def tell(recipient: Any, finding: Finding, kind: str) -> None:
    """What leaves the house: where and until when."""
    context = {"place": str(finding.place), "day": date_format(finding.due_on, "MONTH_DAY_FORMAT")}
    notify([recipient], kind, context, url=reverse("inspections:finding", args=[finding.pk]))
