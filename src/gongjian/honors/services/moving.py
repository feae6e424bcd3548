"""Moving a campaign on, from the call to the archive."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Candidate
from gongjian.honors.services.steps import hold
from gongjian.honors.signals import campaign_published
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def open_nomination(actor: Account, *, campaign: Campaign) -> Campaign:
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.CALL)
    if not campaign.categories.exists():
        raise Invalid(_("还没有设评选类别和名额。"), code="no-category")
    campaign.open_nomination()
    return _moved(actor, campaign, "honors.open_nomination")


@transaction.atomic
def start_review(actor: Account, *, campaign: Campaign) -> Campaign:
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.NOMINATION)
    if not campaign.candidates.filter(state=Candidate.State.NOMINATED).exists():
        raise Invalid(_("还没有人提名，先提名再审核。"), code="no-candidate")
    campaign.start_review()
    return _moved(actor, campaign, "honors.start_review")


@transaction.atomic
def publish_campaign(actor: Account, *, campaign: Campaign) -> Campaign:
    """The honor page goes up: the chronicle writes it, in the same transaction."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.DECIDED)
    campaign.publish()
    campaign.published_at = clock.now()
    _moved(actor, campaign, "honors.publish_campaign")
    campaign_published.send(sender=Campaign, campaign=campaign, actor=actor)
    return campaign


@transaction.atomic
def archive_campaign(actor: Account, *, campaign: Campaign) -> Campaign:
    """Closes the books; the archive file itself is written by `write_archive`. All certificates must have been made."""
    require(actor, "honors.manage")
    campaign = hold(campaign, Campaign.State.PUBLISHED)
    if campaign.awards.filter(revoked_on__isnull=True).exclude(certificate__printed_at__isnull=False).exists():
        raise Conflict(_("还有证书没有制作，全部制作后再归档。"), code="certificates-missing")
    campaign.archive()
    return _moved(actor, campaign, "honors.archive_campaign")


def _moved(actor: Account, campaign: Campaign, action: str) -> Campaign:
    campaign.save()
    audit.record(actor, action, campaign)
    return campaign
