"""The community looks for itself, and both sides are rated."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.whistles.models import Dispatch, Happening, Rating, Whistle
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.services.checks import checked_words
from gongjian.work.whistles.services.happening import keep, locked, moving, note
from gongjian.work.whistles.services.telling import tell_organization

Kind = Happening.Kind


@transaction.atomic
def verify(actor: Account, *, whistle: Whistle, words: str = "", solved: bool) -> Whistle:
    """Found on site as reported. `solved` is what was seen there, whatever the report says."""
    require(actor, "whistles.verify", whistle)
    whistle = locked(whistle)
    with moving(whistle):
        whistle.verify()
    whistle.solved = solved
    note(actor, whistle, Kind.VERIFIED, words=words, public=True, solved=solved)
    return keep(whistle)


@transaction.atomic
def refuse(actor: Account, *, whistle: Whistle, reason: str) -> Whistle:
    """Found otherwise: the lead has it again, its clock as if no report had come."""
    require(actor, "whistles.verify", whistle)
    words = checked_words(reason, field="reason", sentence=_("请写明现场看到了什么。"))
    whistle = locked(whistle)
    lead = whistle.dispatches.filter(part=Dispatch.Part.LEAD).exclude(state=Dispatch.State.RECALLED).get()
    with moving(whistle):
        whistle.refuse()
    lead.refuse()
    lead.save(update_fields=["state"])
    note(actor, whistle, Kind.REFUSED, words=words, public=True, dispatch=lead)
    tell_organization(whistle, lead.organization, "whistles.refused")
    return keep(whistle)


@transaction.atomic
def rate_organization(
    actor: Account, *, whistle: Whistle, organization: Organization, satisfaction: str, words: str = ""
) -> Rating:
    """The community's word about an organization that was sent."""
    require(actor, "whistles.rate_organization", whistle)
    whistle = locked(whistle)
    reported = whistle.dispatches.filter(organization=organization, state=Dispatch.State.REPORTED)
    if not reported.exists():
        raise Conflict(_("这个单位还没有反馈，不能评价。"), code="not-reported")
    side = Rating.Side.COMMUNITY
    return _rate(actor, whistle, side=side, organization=organization, satisfaction=satisfaction, words=words)


@transaction.atomic
def rate_community(actor: Account, *, whistle: Whistle, satisfaction: str, words: str = "") -> Rating:
    """The organization's word about the whistle: was it the right one, was it told clearly, was somebody there."""
    require(actor, "whistles.rate_community", whistle)
    whistle = locked(whistle)
    own = actor.organization_ids()
    sent = whistle.dispatches.filter(organization__in=own, state=Dispatch.State.REPORTED).first()
    if sent is None:
        raise Conflict(_("请先反馈，再评价。"), code="not-reported")
    side, organization = Rating.Side.ORGANIZATION, sent.organization
    return _rate(actor, whistle, side=side, organization=organization, satisfaction=satisfaction, words=words)


def _rate(actor: Account, whistle: Whistle, *, side: str, organization: Organization, satisfaction: str, words: str) -> Rating:
    if satisfaction not in Satisfaction.values:
        raise Invalid(_("请选满意度。"), code="satisfaction", field="satisfaction")
    rating = Rating(
        whistle=whistle,
        side=side,
        organization=organization,
        community=whistle.community,
        satisfaction=satisfaction,
        words=words.strip()[:500],
        by=actor,
        at=clock.now(),
        round=whistle.round,
    )
    try:
        with transaction.atomic():
            rating.save()
    except IntegrityError as error:
        raise Conflict(_("这一轮已经评价过了。"), code="rated") from error
    note(actor, whistle, Kind.RATED, words=rating.words, side=side, satisfaction=satisfaction)
    return rating
