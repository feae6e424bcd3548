"""Publishing pages."""

from typing import Any

from django.db import transaction

from gongjian.chronicle.models import HonorPage
from gongjian.chronicle.writing.honor_page import compose
from gongjian.honors.models import Campaign
from gongjian.kernel import audit, clock
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def write_honor_page(actor: Account, *, campaign: Campaign) -> HonorPage:
    """Write the campaign's page from the deeds as they stand now; a further call makes a further version."""
    require(actor, "chronicle.write", campaign)
    lock(f"chronicle.honor_page:{campaign.pk}")
    page = HonorPage.objects.create(
        campaign=campaign,
        number=HonorPage.objects.filter(campaign=campaign).count() + 1,
        content=compose(campaign),
        written_by=actor,
        written_at=clock.now(),
    )
    audit.record(actor, "chronicle.write_honor_page", page)
    return page


def write_page_on_publication(*, campaign: Campaign, actor: Account, **_signal: Any) -> None:
    """Receives `honors.signals.campaign_published`, in the transaction of the publication."""
    write_honor_page(actor, campaign=campaign)
