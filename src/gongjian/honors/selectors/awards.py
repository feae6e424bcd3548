"""Questions about awards and certificates, most of them asked by strangers."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.honors import printing
from gongjian.honors.models import Award, Campaign, Certificate
from gongjian.kernel.errors import Conflict, Missing
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.registry.models import Organization

_RELATED = (
    "award__campaign__office",
    "award__campaign__decision",
    "award__candidate__organization",
    "award__candidate__person",
)


def awards_of(organization: Organization) -> QuerySet[Award]:
    """The published awards of an organization, newest first, revoked ones among them."""
    found = Award.objects.filter(candidate__organization=organization, campaign__published_at__isnull=False)
    return found.select_related("campaign", "certificate", "candidate__organization", "candidate__person").order_by("-given_on")


def certificate_register(campaign: Campaign) -> QuerySet[Certificate]:
    """Every certificate of a campaign by number."""
    return Certificate.objects.filter(award__campaign=campaign).select_related(*_RELATED, "deed").order_by("number")


@dataclass(frozen=True)
class Verified:
    """What a stranger may know of a certificate. `name` is in full for an organization, for a person who consented to
    public naming, and for whoever brings the token that only the certificate itself carries."""

    certificate: Certificate
    name: str
    revoked: bool
    reason: str
    sealed: bool

    @property
    def award(self) -> Award:
        return self.certificate.award


def verify(number_or_token: str) -> Verified:
    """Raises Missing for a number that no register holds."""
    key = number_or_token.strip()
    found = Certificate.objects.select_related(*_RELATED, "deed").filter(Q(number=key) | Q(token=key)).first()
    if found is None:
        raise Missing(_("没有这个编号的证书。请对照证书核对每一位。"), code="no-certificate")
    award = found.award
    by_holder = key == found.token
    return Verified(
        certificate=found,
        name=award.candidate.name if by_holder else award.candidate.public_name,
        revoked=award.is_revoked,
        reason=award.revocation_reason or (award.campaign.revocation_reason if award.campaign.is_revoked else ""),
        sealed=found.seal_size is not None,
    )


def certificate_pdf(certificate: Certificate) -> bytes:
    """The file as it was made; of a revoked award a copy that says so across the page.

    Raises Missing until it was made, Conflict if the stored file no longer has the recorded hash.
    """
    if not certificate.sha256:
        raise Missing(_("证书还没有制作好：等这条记录封存后自动制作。"), code="not-made")
    if certificate.award.is_revoked:
        return printing.typeset(certificate, proof_of_certificate(certificate), revoked=True)
    with default_storage.open(certificate.path) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != certificate.sha256:
        raise Conflict(_("证书文件和登记的摘要不一致，文件可能被改动过。"), code="altered")
    return content


def proof_of_certificate(certificate: Certificate) -> dict[str, Any]:
    """The inclusion proof of the award's deed, against the seal that the certificate names. Raises Missing while unsealed."""
    return proof_of(certificate.deed, size=certificate.seal_size)
