"""Published campaigns, their awards and certificates; scores for those who may see them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from gongjian.honors import scoring, selectors
from gongjian.honors.selectors.candidates import Entry
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, Problem, paged
from gongjian.registry.tokens import TokenAuth

REFUSALS = {401: Problem, 403: Problem, 422: Problem}
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


@router.get("/campaigns", response={200: Paged[CampaignOut], **REFUSALS})
def list_campaigns(request: HttpRequest, paging: Query[Paging]) -> object:
    """Published campaigns, newest first; revoked ones among them."""
    return paged(selectors.published_campaigns(), paging, order=("-published_at", "-pk"))


@router.get("/campaigns/{slug:slug}", response={200: CampaignDetail, 404: Problem, **REFUSALS})
def get_campaign(request: HttpRequest, slug: str) -> object:
    """A published campaign with everyone it honored."""
    found = selectors.get_published(slug)
    details = CampaignOut.from_orm(found).model_dump()
    return details | {"awards": [_award(entry) for entry in selectors.honor_page(found)]}


def _award(entry: Entry) -> dict[str, Any]:
    certificate = getattr(entry.award, "certificate", None)
    return {
        "name": entry.candidate.public_name,
        "title": entry.award.title,
        "headline": entry.candidate.headline,
        "given_on": entry.award.given_on,
        "certificate": certificate.number if certificate else None,
        "revoked": entry.award.is_revoked,
        "statement": entry.statement,
    }


@router.get("/campaigns/{slug:slug}/scores", response={200: list[ScoreOut], 404: Problem, **REFUSALS})
def list_scores(request: HttpRequest, slug: str) -> object:
    """With the deeds counted behind each line. For the office and the auditor."""
    require(request.user, "honors.view_scores")
    return [one.as_json() for one in scoring.score(selectors.get_campaign(slug))]


@router.get("/certificates/{slug:number}", response={200: CertificateOut, 404: Problem, **REFUSALS})
def get_certificate(request: HttpRequest, number: str) -> object:
    """By its number: whether the register holds it, and whether it still stands."""
    verified = selectors.verify(number)
    award, decision = verified.award, verified.award.campaign.decision
    return {
        "number": verified.certificate.number,
        "name": verified.name,
        "title": award.title,
        "campaign": award.campaign.title,
        "issued_by": decision.issued_by,
        "document_number": decision.document_number,
        "given_on": award.given_on,
        "revoked": verified.revoked,
        "reason": verified.reason,
        "sha256": verified.certificate.sha256,
        "sealed": verified.sealed,
    }


@router.get("/certificates/{slug:number}/proof", response={200: dict[str, Any], 404: Problem, **REFUSALS})
def get_certificate_proof(request: HttpRequest, number: str) -> object:
    """The inclusion proof, to be checked offline. 404 until the award is sealed."""
    return selectors.proof_of_certificate(selectors.verify(number).certificate)
