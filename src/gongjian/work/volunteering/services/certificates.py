"""Certificates of service: entered in the register, published for seven days where chosen, issued, made, revoked."""

import hashlib
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.volunteering import certificate_printing
from gongjian.work.volunteering.models import ISSUERS, ServiceCertificate, Volunteer
from gongjian.work.volunteering.selectors.certificates import notice_over, proofs_of
from gongjian.work.volunteering.selectors.records import certifiable

State = ServiceCertificate.State
SAID = ("organizer", "person_in_charge", "handler", "contact", "purpose")


@transaction.atomic
def draft_certificate(
    actor: Account, *, volunteer: Volunteer, issuer: Organization, first: date, last: date, published: bool, **said: Any
) -> ServiceCertificate:
    """A line of the register: on public notice for seven days if `published`, else issued at once.

    Only hours that stand in the ledger count. Raises Invalid where there are none, or the issuer may not issue.
    """
    require(actor, "volunteering.certify", issuer)
    _check(issuer, first, last)
    found = certifiable(volunteer, first, last)
    if not found.lines:
        raise Invalid(_("这段时间没有已确认并计入台账的时长，不能出具证明。"), code="no-hours", field="first")
    made = ServiceCertificate(
        office=volunteer.office,
        volunteer=volunteer,
        number=_next_number(volunteer, issuer),
        first=first,
        last=last,
        hours=found.hours,
        times=found.times,
        lines=[line.as_json() for line in found.lines],
        issuer=issuer,
        state=State.PUBLISHED if published else State.ISSUED,
        published_on=clock.today() if published else None,
        issued_on=None if published else clock.today(),
        issued_by=actor,
        **{name: str(said.get(name, "")).strip() for name in SAID},
    )
    made.save(force_insert=True)
    made.deeds.set(found.deeds)
    audit.record(actor, "volunteering.draft_certificate", made, number=made.number, published=published)
    if not published:
        _issued(actor, made)
    return made


def _check(issuer: Organization, first: date, last: date) -> None:
    if issuer.kind not in ISSUERS:
        raise Invalid(_("服务证明由居委会或志愿服务组织出具；街道只能写作组织单位。"), code="issuer", field="issuer")
    if last < first:
        raise Invalid(_("到哪天要在从哪天之后。"), code="days", field="last")
    if last > clock.today():
        raise Invalid(_("到哪天不能在将来。"), code="future", field="last")


def _next_number(volunteer: Volunteer, issuer: Organization) -> str:
    """Office, year and a running number without gaps."""
    lock(f"volunteering.certificate:{volunteer.office_id}")
    year = clock.today().year
    prefix = f"{volunteer.office.code}-FW{year}-"
    numbers = ServiceCertificate.objects.filter(number__startswith=prefix).order_by("-number")
    last = numbers.values_list("number", flat=True).first()
    return f"{prefix}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:05d}"


@transaction.atomic
def issue_after_notice(actor: Account | None, *, certificate: ServiceCertificate) -> ServiceCertificate:
    """Raises Conflict before seven whole days of notice have passed. `actor` None: the nightly job."""
    if actor is not None:
        require(actor, "volunteering.certify", certificate.issuer)
    certificate = _held(certificate)
    if certificate.state != State.PUBLISHED or certificate not in notice_over():
        raise Conflict(_("公示还没有满 7 天。"), code="notice")
    certificate.issue()
    certificate.issued_on = clock.today()
    certificate.save(update_fields=["state", "issued_on"])
    _issued(actor, certificate)
    return certificate


@transaction.atomic
def stop_certificate(actor: Account, *, certificate: ServiceCertificate, reason: str) -> ServiceCertificate:
    """An objection during the notice was well-founded."""
    return _end(actor, certificate, reason, State.PUBLISHED, "stop")


@transaction.atomic
def revoke_certificate(actor: Account, *, certificate: ServiceCertificate, reason: str) -> ServiceCertificate:
    """It stays in the register and its page says so."""
    return _end(actor, certificate, reason, State.ISSUED, "revoke")


def _end(actor: Account, certificate: ServiceCertificate, reason: str, state: str, verb: str) -> ServiceCertificate:
    require(actor, "volunteering.certify", certificate.issuer)
    certificate = _held(certificate)
    if certificate.state != state:
        raise Conflict(_("这张证明现在是“%(state)s”。") % {"state": certificate.get_state_display()}, code="state")
    if len(reason.strip()) < 4:
        raise Invalid(_("请写明原因，原因会公开。"), code="reason", field="reason")
    getattr(certificate, verb)()
    certificate.objection = reason.strip()
    certificate.save(update_fields=["state", "objection"])
    audit.record(actor, f"volunteering.{verb}_certificate", certificate, reason=certificate.objection)
    return certificate


@transaction.atomic
def make_certificate(certificate: ServiceCertificate) -> ServiceCertificate:
    """Typeset the file against the latest seal and note its hash; made once. Raises Missing until its deeds are sealed."""
    certificate = _held(certificate)
    if certificate.sha256 or certificate.state != State.ISSUED:
        return certificate
    from gongjian.ledger.sealing.proofs import latest_seal

    seal = latest_seal()
    certificate.seal_size = seal.size if seal else None
    content = certificate_printing.typeset(certificate, proofs_of(certificate)["proofs"])
    certificate.sha256, certificate.printed_at = hashlib.sha256(content).hexdigest(), clock.now()
    if not default_storage.exists(certificate.path):
        default_storage.save(certificate.path, ContentFile(content))
    certificate.save(update_fields=["sha256", "printed_at", "seal_size"])
    audit.record(None, "volunteering.make_certificate", certificate, sha256=certificate.sha256)
    return certificate


def _issued(actor: Account | None, certificate: ServiceCertificate) -> None:
    from gongjian.work.volunteering.tasks.certificates import make_in_background

    make_in_background.defer(certificate_id=certificate.pk, office_id=certificate.office_id)
    audit.record(actor, "volunteering.issue_certificate", certificate, number=certificate.number)
    accounts = list(Account.objects.filter(person=certificate.volunteer.person_id, is_active=True))
    url = reverse("volunteering:my_record")
    notify(accounts, "volunteering.certified", {"number": certificate.number}, url=url, key=f"certified:{certificate.pk}")


def _held(certificate: ServiceCertificate) -> ServiceCertificate:
    rows = ServiceCertificate.objects.select_related("volunteer__person", "issuer", "office")
    return rows.select_for_update(of=("self",)).get(pk=certificate.pk)
