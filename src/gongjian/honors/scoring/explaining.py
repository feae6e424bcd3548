"""The deeds behind a line of a score."""

from django.db.models import Q, QuerySet

from gongjian.honors.models import Candidate
from gongjian.honors.scoring.rule_sets import RuleSet, current_rule_set
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.selectors import NEWEST_FIRST, with_level
from gongjian.ledger.statistics.points import Rule


def cycle_deeds(candidate: Candidate) -> QuerySet[Deed]:
    """What the candidate did in the cycle and what was not taken back, newest first, with `level`."""
    campaign = candidate.campaign
    found = Deed.objects.filter(
        reverses__isnull=True,
        occurred_to__gte=campaign.cycle_from,
        occurred_to__lte=campaign.cycle_to,
        **{candidate.doer_column: candidate.doer},
    )
    standing = with_level(found).filter(is_reversed=False)
    return standing.select_related("kind", "place", "organization", "team", "person").order_by(*NEWEST_FIRST)


def deeds_behind(candidate: Candidate, rule: Rule, rule_set: RuleSet | None = None) -> QuerySet[Deed]:
    """To be paged: one line may stand on many thousand deeds."""
    by_kind = (rule_set or current_rule_set(candidate.campaign)).by_kind(list(DeedKind.objects.all()))
    kinds = [kind for kind, rules in by_kind.items() if rule in rules]
    return cycle_deeds(candidate).filter(Q(kind__in=kinds) & Q(("level__gte", rule.min_level)))
