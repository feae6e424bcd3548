"""Saving rule sets, version after version."""

from django.db import transaction

from gongjian.honors.models import Campaign, RuleSetVersion
from gongjian.honors.scoring.rule_sets import RuleSet, check
from gongjian.honors.services.steps import BEFORE_SHORTLIST, hold
from gongjian.kernel import audit, clock
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


@transaction.atomic
def save_rule_set(actor: Account, *, campaign: Campaign, rule_set: RuleSet) -> RuleSetVersion:
    """A new version in force; `scoring.preview` shows beforehand what it changes. Raises Conflict after the shortlist."""
    require(actor, "honors.manage")
    campaign = hold(campaign, *BEFORE_SHORTLIST)
    check(rule_set)
    last = RuleSetVersion.objects.filter(campaign=campaign).values_list("number", flat=True).first() or 0
    version = RuleSetVersion.objects.create(
        campaign=campaign, number=last + 1, content=rule_set.as_json(), saved_by=actor, saved_at=clock.now()
    )
    audit.record(actor, "honors.save_rule_set", campaign, version=version.number)
    return version
