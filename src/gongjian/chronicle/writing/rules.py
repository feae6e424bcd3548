"""Whoever has business on the staff pages writes from public deeds; campaigns that are not published stay with the office."""

from gongjian.honors.models import Campaign
from gongjian.registry.models import Account
from gongjian.registry.roles import grant, is_auditor, is_clerk, is_leader, is_staff, predicate


@predicate
def is_published(account: Account, campaign: Campaign | None) -> bool:
    return campaign is None or campaign.published_at is not None


grant({"writing.write": is_staff, "writing.write_campaign": (is_clerk | is_leader | is_auditor) | (is_staff & is_published)})
