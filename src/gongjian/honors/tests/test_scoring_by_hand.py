from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.honors import scoring
from gongjian.honors.models import Candidate
from gongjian.honors.scoring import Rule, RuleSet
from gongjian.honors.tests.factories import make_candidate, make_individual, open_nominations
from gongjian.ledger.models import Confirmation, Deed
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import first_community, make_account, make_clerk

DEEDS = st.lists(
    st.tuples(
        st.integers(0, 2),  # candidate
        st.sampled_from(["volunteer-hours", "visit", "law-outreach", "volunteer-activity"]),
        st.dates(date(2019, 12, 28), date(2020, 4, 4)),
        st.integers(1, 40),
        st.integers(0, 2),  # level
        st.booleans(),  # reversed
    ),
    max_size=14,
)
RULES = (
    Rule(kind="volunteer-hours", per="unit", points=Decimal("0.25"), cap=Decimal(9), min_level=1),
    Rule(kind="volunteer-hours", per="deed", points=Decimal(2), min_level=0),
    Rule(kind="visit", per="unit", points=Decimal("1.5"), min_level=2, weight=Decimal("0.5")),
    Rule(category="volunteering", points=Decimal(3), min_level=0),
    Rule(category="education", points=Decimal(1), cap=Decimal(2), min_level=0),
)


class TestAgainstCountingByHand:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        deeds=DEEDS,
        first=st.sampled_from([date(2020, 1, 1), date(2020, 1, 10)]),
        last=st.sampled_from([date(2020, 3, 31), date(2020, 1, 12)]),
        sealed=st.booleans(),
    )
    def test_the_fast_way_the_recount_and_the_naive_way_agree(self, office, deeds, first, last, sealed):
        campaign = open_nominations(office, cycle_from=first, cycle_to=last)
        candidates = [make_candidate(campaign, deeds=0) for _n in range(2)] + [make_individual(campaign, deeds=0)]
        for position, (who, kind, day, amount, level, is_reversed) in enumerate(deeds):
            _append(office, candidates[who], kind=kind, day=day, amount=amount, level=level, is_reversed=is_reversed)
            if sealed and position == len(deeds) // 2:
                seal()
        rule_set = RuleSet(RULES)
        fast = {one.candidate.pk: one.points for one in scoring.score(campaign, rule_set)}
        recounted = {one.candidate.pk: one.points for one in scoring.score(campaign, rule_set, recount=True)}
        assert fast == recounted == {c.pk: _naive(c, first, last) for c in candidates}


def _append(office, candidate, *, kind, day, amount, level, is_reversed):
    counted = kind != "law-outreach"
    deed = make_deed(
        office,
        kind=kind,
        occurred_from=day,
        quantity=Decimal(amount) if counted else None,
        statement="做了一件好事",
        **{candidate.doer_column: candidate.doer},
    )
    if level:
        by = make_account(office, "community_worker", community=first_community(office))
        Confirmation.objects.create(
            office=office, deed=deed, from_level=0, level=level, by=by, on_behalf_of="社区", confirmed_at=deed.recorded_at
        )
    if is_reversed:
        reverse_deed(make_clerk(office), deed=deed, reason="记错了单位")


def _naive(candidate: Candidate, first: date, last: date) -> Decimal:
    """By the words of the rules, deed by deed."""
    own = {"volunteer-hours", "visit"}
    total = Decimal(0)
    for rule in RULES:
        points = Decimal(0)
        for deed in Deed.objects.filter(**{candidate.doer_column: candidate.doer}, reverses__isnull=True):
            fits = deed.kind_id == rule.kind or (deed.kind.category == rule.category and deed.kind_id not in own)
            stands = not Deed.objects.filter(reverses=deed).exists()
            if fits and stands and first <= deed.occurred_to <= last and level_of(deed) >= rule.min_level:
                points += rule.points * (deed.quantity if rule.per == "unit" else 1)
        total += (points if rule.cap is None else min(points, rule.cap)) * rule.weight
    return total.quantize(Decimal("0.01"))
