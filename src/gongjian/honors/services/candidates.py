"""Nominating and withdrawing."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Candidate, Category, Veto
from gongjian.honors.services.steps import UNDER_WAY, hold, said
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Person


@transaction.atomic
def nominate(
    actor: Account,
    *,
    category: Category,
    organization: Organization | None = None,
    person: Person | None = None,
    way: str,
    headline: str = "",
    rank: str = Candidate.Rank.BELOW,
    reason: str = "",
) -> Candidate:
    """Raises Invalid if the doer does not fit the category, Conflict if it is nominated already."""
    campaign = hold(category.campaign, Campaign.State.NOMINATION)
    _check_doer(category, organization, person)
    candidate = Candidate(
        campaign=campaign,
        category=category,
        organization=organization,
        person=person,
        way=way,
        headline=headline.strip(),
        rank=rank,
        reason=reason.strip(),
        nominated_by=actor,
        nominated_at=clock.now(),
    )
    require(actor, "honors.nominate", candidate)
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as error:
        raise Conflict(_("“%(name)s”已经提名过了。") % {"name": candidate}, code="nominated") from error
    audit.record(actor, "honors.nominate", candidate)
    return candidate


def _check_doer(category: Category, organization: Organization | None, person: Person | None) -> None:
    if category.is_for_organizations and (organization is None or person is not None):
        raise Invalid(_("“%(name)s”评的是集体，请选单位。") % {"name": category}, code="doer", field="organization")
    if not category.is_for_organizations and (person is None or organization is not None):
        raise Invalid(_("“%(name)s”评的是个人，请选人。") % {"name": category}, code="doer", field="person")


@transaction.atomic
def edit_candidate(actor: Account, *, candidate: Candidate, headline: str, rank: str, reason: str) -> Candidate:
    """The headline may be polished until publication; rank and reason stand once the shortlist is decided."""
    require(actor, "honors.manage")
    campaign = hold(candidate.campaign)
    if campaign.state in (Campaign.State.PUBLISHED, Campaign.State.ARCHIVED, Campaign.State.REVOKED):
        raise Conflict(_("已经公布，不能再改。"), code="wrong-step")
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    candidate.headline = headline.strip()
    if campaign.is_open_for_editing:
        candidate.rank, candidate.reason = rank, reason.strip()
    candidate.save()
    audit.record(actor, "honors.edit_candidate", candidate)
    return candidate


@transaction.atomic
def withdraw(actor: Account, *, candidate: Candidate, reason: str) -> Candidate:
    """Whoever may nominate may withdraw, until the shortlist is decided."""
    require(actor, "honors.nominate", candidate)
    hold(candidate.campaign, *UNDER_WAY)
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.state != Candidate.State.NOMINATED:
        raise Conflict(_("已经撤回了。"), code="withdrawn")
    candidate.left_because = said(reason, _("请写明撤回的原因。"), field="reason")
    candidate.withdraw()
    candidate.save()
    audit.record(actor, "honors.withdraw", candidate, reason=candidate.left_because)
    return candidate


@transaction.atomic
def set_veto(actor: Account, *, candidate: Candidate, reason: str, note: str) -> Veto:
    """A person finds that the candidate may not be chosen. Raises Conflict if that was found before."""
    require(actor, "honors.veto", candidate)
    hold(candidate.campaign, *UNDER_WAY)
    veto = Veto(
        candidate=candidate,
        reason=said(reason, _("请选否决的情形。"), field="reason"),
        note=said(note, _("请写明依据。"), field="note"),
        set_by=actor,
        set_at=clock.now(),
    )
    try:
        with transaction.atomic():
            veto.save()
    except IntegrityError as error:
        raise Conflict(_("这一条已经认定过了。"), code="vetoed") from error
    audit.record(actor, "honors.set_veto", candidate, reason=veto.reason)
    return veto


@transaction.atomic
def lift_veto(actor: Account, *, veto: Veto, reason: str) -> Veto:
    require(actor, "honors.veto", veto.candidate)
    hold(veto.candidate.campaign, *UNDER_WAY)
    veto.lifted_because = said(reason, _("请写明解除的原因。"), field="reason")
    veto.lifted_at = clock.now()
    veto.save(update_fields=["lifted_at", "lifted_because"])
    audit.record(actor, "honors.lift_veto", veto.candidate, reason=veto.lifted_because)
    return veto
