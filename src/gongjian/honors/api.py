"""Published campaigns, their awards and certificates; scores for those who may see them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from gongjian.honors import scoring, selectors
from gongjian.honors.models import Award, Campaign
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, paged
from gongjian.registry.tokens import TokenAuth

router = Router(tags=["honors"], auth=TokenAuth("honors:read"))


class CampaignOut(Schema):
    slug: str
    title: str
    nature: str
    approving_body: str
    basis_number: str
    basis_is_sample: bool
    cycle_from: date
    cycle_to: date
    state: str
    revoked_on: date | None
    revocation_reason: str


class AwardOut(Schema):
    """A person who did not consent to public naming is masked."""

    name: str
    title: str
    headline: str
    given_on: date
    certificate: str | None
    revoked: bool
    statement: str


class CampaignDetail(CampaignOut):
    awards: list[AwardOut]


class CertificateOut(Schema):
    number: str
    name: str
    title: str
    campaign: str
    issued_by: str
    document_number: str
    given_on: date
    revoked: bool
    reason: str
    sha256: str
    sealed: bool


class LineOut(Schema):
    rule: str
    label: str
    deeds: int
    quantity: Decimal
    unit: str
    points: Decimal
    capped: bool


class ScoreOut(Schema):
    candidate: int
    name: str
    category: str
    points: Decimal
    place: int | None
    vetoes: list[str]
    lines: list[LineOut]


@router.get("/campaigns", response=Paged[CampaignOut])
def list_campaigns(request: HttpRequest, paging: Paging = Query(...)) -> Any:  # noqa: B008
    """Published campaigns, newest first."""
    return paged(selectors.published_campaigns(), paging, order=("-published_at", "-pk"))


@router.get("/campaigns/{slug}", response=CampaignDetail)
def campaign(request: HttpRequest, slug: str) -> Any:
    found = selectors.get_published(slug)
    details = CampaignOut.from_orm(found).model_dump()
    return details | {"awards": [_award(entry.award, entry) for entry in selectors.honor_page(found)]}


def _award(award: Award, entry: Any) -> dict[str, Any]:
    certificate = getattr(award, "certificate", None)
    return {
        "name": entry.candidate.public_name,
        "title": award.title,
        "headline": entry.candidate.headline,
        "given_on": award.given_on,
        "certificate": certificate.number if certificate else None,
        "revoked": award.is_revoked,
        "statement": entry.statement,
    }


@router.get("/campaigns/{slug}/scores", response=list[ScoreOut])
def scores(request: HttpRequest, slug: str) -> Any:
    """With the deeds counted behind each line. For the office and the auditor."""
    require(request.user, "honors.view_scores")
    found: Campaign = selectors.get_campaign(slug)
    return [one.as_json() for one in scoring.score(found)]


@router.get("/certificates/{number}", response=CertificateOut)
def certificate(request: HttpRequest, number: str) -> Any:
    verified = selectors.verify(number)
    award = verified.award
    return {
        "number": verified.certificate.number,
        "name": verified.name,
        "title": award.title,
        "campaign": award.campaign.title,
        "issued_by": award.campaign.decision.issued_by,
        "document_number": award.campaign.decision.document_number,
        "given_on": award.given_on,
        "revoked": verified.revoked,
        "reason": verified.reason,
        "sha256": verified.certificate.sha256,
        "sealed": verified.sealed,
    }


@router.get("/certificates/{number}/proof", response=dict[str, Any])
def proof(request: HttpRequest, number: str) -> Any:
    """The inclusion proof, to be checked offline."""
    return selectors.proof_of_certificate(selectors.verify(number).certificate)
