"""The decision, and taking it back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.honors import papers
from gongjian.honors.models import Award, Campaign, Certificate, Decision
from gongjian.honors.selectors.candidates import shortlisted
from gongjian.honors.services.steps import hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.basis import check_words
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import append_reversal
from gongjian.registry.models import Account


@transaction.atomic
def decide(
    actor: Account,
    *,
    campaign: Campaign,
    document_number: str,
    decided_on: date,
    issued_by: str = "",
    text: str | None = None,
) -> Decision:
    """Give the titles to everyone still on the shortlist. Raises Conflict before the notice has ended or if decided before."""
    require(actor, "honors.decide", campaign)
    campaign = hold(campaign, Campaign.State.NOTICE)
    chosen = shortlisted(campaign)
    _check(campaign, decided_on)
    if not chosen:
        raise Conflict(_("公示名单里已经没有对象了，可以撤销这次活动。"), code="nobody-left")
    text = papers.decision_text(campaign, chosen) if text is None else text.strip()
    check_words(said(text, _("决定正文不能是空的。"), field="text"), has_basis=campaign.has_basis, field="text")
    decision = Decision.objects.create(
        campaign=campaign,
        document_number=said(document_number, _("请写决定的文号。"), field="document_number"),
        decided_on=decided_on,
        issued_by=issued_by.strip() or campaign.office.name,
        text=text,
        decided_by=actor,
        recorded_at=clock.now(),
    )
    for candidate in chosen:
        candidate.award()
        candidate.save(update_fields=["state"])
    Award.objects.bulk_create(
        [Award(campaign=campaign, candidate=c, title=c.category.name, given_on=decided_on) for c in chosen]
    )
    campaign.decide()
    campaign.save()
    audit.record(actor, "honors.decide", campaign, awards=len(chosen))
    return decision


def _check(campaign: Campaign, decided_on: date) -> None:
    ended_at = campaign.notice.ended_at
    if ended_at is None:
        raise Conflict(_("公示还没有结束。"), code="notice-open")
    if decided_on > clock.today():
        raise Invalid(_("决定日期在今天之后。"), code="in-future", field="decided_on")
    if decided_on < timezone.localtime(ended_at).date():
        raise Invalid(_("决定日期早于公示结束。"), code="before-notice-ended", field="decided_on")


@transaction.atomic
def revoke_award(actor: Account, *, award: Award, reason: str, revoked_on: date, document_number: str) -> Award:
    """The award stays on record, marked. Raises Conflict if it was revoked before."""
    require(actor, "honors.revoke", award.campaign)
    award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if award.revoked_on:
        raise Conflict(_("已经撤销过了。"), code="revoked")
    award.revoked_on, award.revocation_reason, award.revocation_document = _revocation(reason, revoked_on, document_number)
    if revoked_on < award.given_on:
        raise Invalid(_("撤销日期早于授予日期。"), code="before-award", field="revoked_on")
    award.save()
    _take_back([award], actor, reason)
    audit.record(actor, "honors.revoke_award", award, reason=award.revocation_reason)
    return award


@transaction.atomic
def revoke_campaign(actor: Account, *, campaign: Campaign, reason: str, revoked_on: date, document_number: str) -> Campaign:
    """Everything the campaign gave counts as revoked with it."""
    require(actor, "honors.revoke", campaign)
    campaign = hold(campaign)
    if campaign.is_revoked:
        raise Conflict(_("已经撤销过了。"), code="revoked")
    campaign.state_before_revocation = campaign.state
    campaign.revoked_on, campaign.revocation_reason, campaign.revocation_document = _revocation(
        reason, revoked_on, document_number
    )
    campaign.revoke()
    campaign.save()
    _take_back(campaign.awards.filter(revoked_on__isnull=True), actor, reason)
    audit.record(actor, "honors.revoke_campaign", campaign, reason=campaign.revocation_reason)
    return campaign


def _take_back(awards: Iterable[Award], actor: Account, reason: str) -> None:
    """The deeds by which the titles stand in the ledger are reversed with them."""
    for certificate in Certificate.objects.filter(award__in=list(awards)).select_related("deed__place"):
        append_reversal(actor, deed=certificate.deed, reason=reason)


def _revocation(reason: str, revoked_on: date, document_number: str) -> tuple[date, str, str]:
    if revoked_on > clock.today():
        raise Invalid(_("撤销日期在今天之后。"), code="in-future", field="revoked_on")
    return (
        revoked_on,
        said(reason, _("请写明撤销的原因，原因会公开。"), field="reason", least=4),
        said(document_number, _("请写撤销的文号。"), field="document_number"),
    )
