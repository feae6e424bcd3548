"""Questions about certificates of service; most are asked by strangers."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Missing
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.registry.models import Account, Organization, Role
from gongjian.work.volunteering import certificate_printing
from gongjian.work.volunteering.models import ISSUERS, ServiceCertificate
from gongjian.work.volunteering.models.certificates import DAYS_PUBLISHED

State = ServiceCertificate.State
RELATED = ("volunteer__person", "issuer", "office", "issued_by")


def issuers(account: Account) -> QuerySet[Organization]:
    """Residents' committees and volunteer organizations that the account may issue for."""
    rows = Organization.objects.filter(kind__in=ISSUERS)
    if account.holds(Role.OFFICE_CLERK):
        return rows
    communities = [one.community_id for one in account.active_assignments if one.community_id]
    return rows.filter(Q(pk__in=account.organization_ids()) | Q(kind="committee", community__in=communities))


def register(account: Account) -> QuerySet[ServiceCertificate]:
    """The office's all; a community's and an organization's those of their issuers. Newest first."""
    rows = ServiceCertificate.objects.select_related(*RELATED)
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return rows
    return rows.filter(issuer__in=issuers(account))


def get_certificate(account: Account, pk: int) -> ServiceCertificate:
    """Also one's own."""
    rows = ServiceCertificate.objects.select_related(*RELATED).filter(pk=pk)
    own = Q(volunteer__person=account.person_id) if account.person_id else Q(pk__in=[])
    found = rows.filter(own | Q(pk__in=register(account).values("pk"))).first()
    if found is None:
        raise Missing(_("没有这张证明。"))
    return found


def published_now() -> QuerySet[ServiceCertificate]:
    """On public notice: masked names, hours, objections within seven days."""
    return ServiceCertificate.objects.filter(state=State.PUBLISHED).select_related(*RELATED).order_by("published_on", "pk")


def notice_over() -> QuerySet[ServiceCertificate]:
    """Whose seven whole days have passed."""
    return published_now().filter(published_on__lte=clock.today() - timedelta(days=DAYS_PUBLISHED))


@dataclass(frozen=True)
class Verified:
    """What a stranger may know; the full name only who brings the token that stands on the paper."""

    certificate: ServiceCertificate
    name: str
    by_holder: bool

    @property
    def sealed(self) -> bool:
        return self.certificate.seal_size is not None


def verify(number_or_token: str) -> Verified:
    """Raises Missing for a number that no register holds, and for one that is not issued yet."""
    key = number_or_token.strip()
    rows = ServiceCertificate.objects.select_related(*RELATED).filter(state__in=(State.ISSUED, State.REVOKED))
    found = rows.filter(Q(number=key) | Q(token=key)).first()
    if found is None:
        raise Missing(_("没有这个编号的证明。请对照证明核对每一位。"), code="no-certificate")
    by_holder = key == found.token
    person = found.volunteer.person
    return Verified(found, person.name if by_holder and not person.erased_at else str(person), by_holder)


def proofs_of(certificate: ServiceCertificate) -> dict[str, Any]:
    """The inclusion proof of each deed that the hours stand in, against the seal that the certificate names."""
    if certificate.seal_size is None:
        raise Missing(_("这些时长还没有封存，封存后才有证明。"), code="unsealed")
    deeds = certificate.deeds.order_by("pk")
    return {
        "certificate": certificate.number,
        "hours": str(certificate.hours),
        "proofs": [proof_of(deed, size=certificate.seal_size) for deed in deeds],
    }


def certificate_pdf(certificate: ServiceCertificate) -> bytes:
    """The file as it was made; of a revoked one a copy that says so across the page.

    Raises Missing until it was made, Conflict if the stored file no longer has the recorded hash.
    """
    if not certificate.sha256:
        raise Missing(_("证明还没有制作好：等时长封存后自动制作。"), code="not-made")
    if certificate.is_revoked:
        return certificate_printing.typeset(certificate, proofs_of(certificate)["proofs"], revoked=True)
    with default_storage.open(certificate.path) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != certificate.sha256:
        raise Conflict(_("证明文件和登记的摘要不一致，文件可能被改动过。"), code="altered")
    return content
