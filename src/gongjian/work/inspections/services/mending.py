"""What becomes of a hazard: mended, looked at again, or handed to the department that may enforce."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.services import DeedSource, record_deed, take_in_files
from gongjian.registry.models import Account, Organization
from gongjian.work.inspections.models import Finding, FindingPhoto, FindingStep
from gongjian.work.inspections.services.checks import checked_limit, checked_words, held_finding, moving
from gongjian.work.inspections.services.walking import note_step, tell, tell_mender

Kind = FindingStep.Kind


@transaction.atomic
def report_mended(actor: Account, *, finding: Finding, words: str, photos: Sequence[Any] = ()) -> Finding:
    """By whoever is responsible, or for them. Photos show it afterwards."""
    finding = held_finding(finding)
    require(actor, "inspections.mend", finding)
    with moving(finding):
        finding.mend()
    finding.save()
    evidence = take_in_files(actor, files=photos)
    FindingPhoto.objects.bulk_create(
        [FindingPhoto(finding=finding, evidence=one, moment=FindingPhoto.Moment.AFTER) for one in evidence],
        ignore_conflicts=True,
    )
    note_step(actor, finding, Kind.MENDED, "inspections.mend", checked_words(words, _("请写怎么整改的。")))
    return finding


@transaction.atomic
def recheck(actor: Account, *, finding: Finding, passed: bool, words: str = "", due_on: date | None = None) -> Finding:
    """Looked at again. Passed, it is a deed of the organization that mended; failed, it is mended anew until `due_on`."""
    finding = held_finding(finding)
    require(actor, "inspections.recheck", finding)
    if finding.state == Finding.State.TRANSFERRED:
        raise Conflict(_("这处隐患已经移交，等部门处理。"), code="transferred")
    if not passed:
        return _fail(actor, finding, words, due_on)
    with moving(finding):
        finding.pass_()
    finding.passed_at = clock.now()
    finding.save()
    note_step(actor, finding, Kind.PASSED, "inspections.recheck", words)
    if finding.organization:
        _record(actor, finding, finding.organization)
    return finding


def _fail(actor: Account, finding: Finding, words: str, due_on: date | None) -> Finding:
    said = checked_words(words, _("请写还有什么没改好。"))
    with moving(finding):
        finding.reopen()
    finding.due_on = checked_limit(due_on, finding.severity)
    finding.save()
    note_step(actor, finding, Kind.FAILED, "inspections.recheck", said)
    tell_mender(finding, "inspections.failed")
    return finding


@transaction.atomic
def set_limit(actor: Account, *, finding: Finding, due_on: date, words: str) -> Finding:
    """Another date, with the reason. Raises Invalid for one out of bounds."""
    finding = held_finding(finding)
    require(actor, "inspections.recheck", finding)
    said = checked_words(words, _("请写为什么改期限。"))
    finding.due_on = checked_limit(due_on, finding.severity)
    finding.save()
    note_step(actor, finding, Kind.LIMIT, "inspections.set_limit", said)
    return finding


@transaction.atomic
def transfer(actor: Account, *, finding: Finding, department: Organization, words: str) -> Finding:
    """The street looks, stops and reports; the department enforces."""
    finding = held_finding(finding)
    require(actor, "inspections.transfer", finding)
    if department.pk == finding.organization_id:
        raise Invalid(_("不能移交给整改单位自己。"), code="department", field="department")
    said = checked_words(words, _("请写为什么移交。"))
    with moving(finding):
        finding.transfer()
    finding.department = department
    finding.save()
    note_step(actor, finding, Kind.TRANSFERRED, "inspections.transfer", f"{department.called}：{said}")
    tell(department, finding, "inspections.transferred")
    return finding


@transaction.atomic
def settle(actor: Account, *, finding: Finding, done: bool, words: str) -> Finding:
    """By the department: dealt with, or sent back. What had to be enforced is no deed of who mended."""
    finding = held_finding(finding)
    require(actor, "inspections.settle", finding)
    said = checked_words(words, _("请写怎么处理的，或者为什么退回。"))
    if finding.state != Finding.State.TRANSFERRED:
        raise Conflict(_("这处隐患没有移交，不用部门处理。"), code="not-transferred")
    with moving(finding):
        if done:
            finding.pass_()
        else:
            finding.reopen()
    finding.passed_at = clock.now() if done else None
    finding.save()
    note_step(actor, finding, Kind.SETTLED if done else Kind.SENT_BACK, "inspections.settle", said)
    if not done:
        tell(finding.inspection.planned_by, finding, "inspections.sent_back")
    return finding


def _record(actor: Account, finding: Finding, organization: Organization) -> Deed:
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="hazard-mended"),
        place=finding.place,
        organization=organization,
        statement=f"整改隐患{{数}}：{finding.text}",
        beneficiary=str(finding.place),
        quantity=Decimal(1),
        occurred_from=clock.today(),
        evidence=[link.evidence for link in finding.photos.select_related("evidence")],
        source=DeedSource("inspections", f"finding:{finding.pk}"),
    )
