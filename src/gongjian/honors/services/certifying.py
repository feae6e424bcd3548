"""Certificates: entered in the register, recorded as deeds, made once their deed is sealed."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors import printing
from gongjian.honors.models import Award, Campaign, Certificate
from gongjian.honors.services.steps import hold
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Place


@transaction.atomic
def issue_certificates(actor: Account, *, campaign: Campaign) -> list[Certificate]:
    """Number and register a certificate for every award that has none; a job seals the awards and makes the files."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.DECIDED, Campaign.State.PUBLISHED)
    awards = Award.objects.filter(campaign=campaign, certificate__isnull=True, revoked_on__isnull=True)
    awards = awards.select_related("candidate__organization", "candidate__person", "campaign").order_by(
        "candidate__category__order", "candidate_id"
    )
    issued = Certificate.objects.filter(award__campaign=campaign).count()
    made = [_issue(actor, award, issued + position) for position, award in enumerate(awards, start=1)]
    if made:
        _print_later(campaign)
        audit.record(actor, "honors.issue_certificates", campaign, numbers=[c.number for c in made])
    return made


def _issue(actor: Account, award: Award, position: int) -> Certificate:
    campaign = award.campaign
    return Certificate.objects.create(
        award=award,
        number=f"{campaign.office.code}-{campaign.slug}-{position:03d}",
        token=secrets.token_urlsafe(32),
        deed=_record(actor, award),
        issued_on=clock.today(),
        issued_by=actor,
    )


def _record(actor: Account, award: Award) -> Deed:
    candidate = award.candidate
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="honor-won"),
        place=candidate.community or Place.objects.get(level=Place.Level.SUBDISTRICT),
        organization=candidate.organization,
        person=candidate.person,
        statement=f"在{award.campaign.title}中获评“{award.title}”",  # the ledger's own words, whoever's language the page has
        occurred_from=award.given_on,
        source=DeedSource("honors", f"award:{award.pk}"),
    )


def _print_later(campaign: Campaign) -> None:
    from gongjian.honors.tasks import make_certificates

    make_certificates.defer(campaign_id=campaign.pk, office_id=campaign.office_id)


@transaction.atomic
def make_certificate(actor: Account | None, *, certificate: Certificate) -> Certificate:
    """Typeset the file against the latest seal and note its hash; made once. `actor` None: the background job.

    Raises Missing (`unsealed`) until the award's deed is sealed, Conflict if the award has been revoked.
    """
    if actor is not None:
        require(actor, "honors.manage")
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.sha256:
        return certificate
    if certificate.award.is_revoked:
        raise Conflict(_("已经撤销，不再制作证书。"), code="revoked")
    proof = proof_of(certificate.deed)
    content = printing.typeset(certificate, proof)
    certificate.sha256 = hashlib.sha256(content).hexdigest()
    certificate.seal_size, certificate.printed_at = proof["seal"]["size"], clock.now()
    if not default_storage.exists(certificate.path):
        default_storage.save(certificate.path, ContentFile(content))
    certificate.save()
    audit.record(actor, "honors.make_certificate", certificate, sha256=certificate.sha256)
    return certificate
