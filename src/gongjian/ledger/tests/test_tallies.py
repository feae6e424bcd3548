from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.kernel.errors import Conflict
from gongjian.ledger.models import CurrentBroadTally, CurrentTally, Deed, Level, Tally
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.sealing.verifier import verify
from gongjian.ledger.selectors import Reach, level_of
from gongjian.ledger.services import confirm_deed, reverse_deed
from gongjian.ledger.statistics import Slice, tallies, total, totals_by
from gongjian.ledger.tests.factories import deed_kind, make_deed, make_evidence
from gongjian.ledger.tests.tampering import execute
from gongjian.registry.models import Place
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community, make_organization

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["record", "confirm", "witness", "reverse", "seal"]),
        st.integers(0, 30),
        st.sampled_from(["volunteer-hours", "visit", "joint-inspection"]),
        st.dates(date(2025, 11, 1), date(2026, 2, 28)),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


class Street:
    """Somebody to do everything that changes sums."""

    def __init__(self, office: Any) -> None:
        self.office, self.clerk, self.other_clerk = office, make_clerk(office), make_clerk(office)
        self.places = [first_community(office), make_community(office)]
        self.workers = [make_account(office, "community_worker", community=place) for place in self.places]
        self.organizations = [make_organization(office), make_organization(office)]
        self.paper = make_evidence(office, color="white")
        self.deeds: list[Deed] = []

    def act(self, verb: str, number: int, kind: str, day: date, public: bool) -> None:
        if verb == "record":
            self._record(number, kind, day, public)
        elif verb == "seal":
            seal()
        elif self.deeds:
            self._change(verb, self.deeds[number % len(self.deeds)])

    def _record(self, number: int, kind: str, day: date, public: bool) -> None:
        quantity = Decimal(number + 1) if deed_kind(kind).unit else None
        where, who = self.places[number % 2], self.organizations[number % 2]
        words = "做了一件好事"
        details = {"place": where, "organization": who, "occurred_from": day, "public": public}
        self.deeds.append(make_deed(self.office, self.clerk, kind=kind, quantity=quantity, statement=words, **details))

    def _change(self, verb: str, deed: Deed) -> None:
        try:
            if verb == "confirm":
                worker = self.workers[self.places.index(deed.place)]
                confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="社区")
            elif verb == "witness":
                confirm_deed(
                    self.other_clerk, deed=deed, level=Level.THIRD_PARTY, on_behalf_of="红十字会", evidence=[self.paper]
                )
            else:
                reverse_deed(self.clerk, deed=deed, reason="重复记录了")
        except Conflict:
            pass

    def counted_afresh(self) -> Counter[Any]:
        """(month, kind, place, organization, level, public) → deeds that stand, one by one."""
        standing = [deed for deed in self.deeds if not Deed.objects.filter(reverses=deed).exists()]
        return Counter(
            (d.occurred_to.replace(day=1), d.kind_id, d.place_id, d.organization_id, int(level_of(d)), d.public)
            for d in standing
        )


def kept(model: Any) -> Counter[Any]:
    columns = ("month", "kind_id", "place_id", "organization_id", "level", "public")
    rows = model.objects.values_list(*columns).annotate(sum=Sum("deeds"))
    return Counter({row[:-1]: row[-1] for row in rows if row[-1]})


class TestSumsAreWhatTheDeedsAddUpTo:
    @given(acts=ACTS)
    @settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_after_whatever_was_recorded_confirmed_and_reversed(self, office: Any, acts: list[Any]) -> None:
        before = kept(CurrentTally)
        street = Street(office)
        for act in acts:
            street.act(*act)
        assert kept(CurrentTally) - before == street.counted_afresh()
        quantity = sum((d.quantity or 0 for d in street.deeds if not Deed.objects.filter(reverses=d).exists()), Decimal(0))
        wanted = Slice(organizations=tuple(organization.pk for organization in street.organizations))
        assert total(wanted).quantity == quantity
        assert verify(sums=True).fault is None
        seal()
        assert kept(Tally) == kept(CurrentTally)
        assert verify(sums=True).fault is None


class TestTotalsBy:
    @pytest.fixture
    def street(self, office: Any) -> Street:
        street = Street(office)
        for number, (kind, day) in enumerate(
            [("visit", date(2025, 12, 3)), ("visit", date(2026, 1, 9)), ("volunteer-hours", date(2026, 1, 9))]
        ):
            street._record(number, kind, day, number != 2)
        return street

    def test_by_category_and_year(self, street: Street) -> None:
        rows = totals_by(Slice(), ["category", "year"])
        assert [(row["category"], row["year"], row["deeds"]) for row in rows] == [
            ("care", 2025, 1),
            ("care", 2026, 1),
            ("volunteering", 2026, 1),
        ]

    def test_by_unit_gives_sums_that_make_sense(self, street: Street) -> None:
        assert {row["unit"]: row["quantity"] for row in totals_by(Slice(), ["unit"])} == {"time": 3, "hour": 3}

    @pytest.mark.parametrize(
        ("wanted", "deeds"),
        [
            (Slice(kind="visit"), 2),
            (Slice(category="volunteering"), 1),
            (Slice(public_only=True), 2),
            (Slice(since=date(2026, 1, 15)), 2),
            (Slice(until=date(2025, 12, 1)), 1),
            (Slice(level=0), 3),
            (Slice(min_level=1), 0),
            (Slice(organizations=()), 0),
        ],
    )
    def test_slices(self, street: Street, wanted: Slice, deeds: int) -> None:
        assert total(wanted).deeds == deeds

    def test_a_place_counts_what_is_inside_it(self, street: Street, office: Any) -> None:
        district = Place.objects.get(level="district")
        assert total(Slice(place=district)).deeds == 3
        assert total(Slice(place=street.places[0])).deeds == 2

    def test_costs_one_query(self, street: Street, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            totals_by(Slice(), ["organization", "kind", "month"])


class TestTheBroadestTallyThatTellsApart:
    @pytest.mark.parametrize(
        ("wanted", "columns", "grain"),
        [
            (Slice(), ("kind", "year", "quantity"), "office"),
            (Slice(public_only=True, since=date(2026, 3, 1), until=date(2026, 3, 31)), ("kind", "quantity"), "office"),
            (Slice(), ("organization", "month"), "doers"),
            (Slice(organization=1), ("category", "quantity"), "year"),
            (Slice(organization=1, since=date(2025, 1, 1), until=date(2026, 12, 31)), ("kind",), "year"),
            (Slice(reach=Reach(organizations=(1,))), ("month",), "doers"),
        ],
    )
    def test_is_read(self, office: Any, wanted: Slice, columns: tuple[str, ...], grain: str) -> None:
        found = tallies(wanted, *columns)
        assert found.model is CurrentBroadTally
        assert f'"grain" = {grain}' in str(found.query)

    def test_is_the_monthly_one_where_all_is_asked(self, office: Any) -> None:
        assert tallies(Slice(organization=1), "kind", "month").model is CurrentTally

    @given(acts=ACTS)
    @settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_gives_the_sums_of_the_monthly_one(self, office: Any, acts: list[Any]) -> None:
        street = Street(office)
        for act in acts:
            street.act(*act)
        first, second = (organization.pk for organization in street.organizations)
        for wanted in (Slice(), Slice(public_only=True), Slice(organizations=(first, second)), Slice(since=date(2026, 1, 1))):
            for dimensions in (["kind", "year"], ["organization", "month"], ["place", "level"], ["category", "level"]):
                assert totals_by(wanted, dimensions) == _from_months(wanted, dimensions), (wanted, dimensions)

    def test_a_changed_one_is_named(self, office: Any) -> None:
        make_deed(office)
        seal()
        execute("UPDATE ledger_broadtally SET deeds = deeds + 1 WHERE grain = 'doers'")
        assert "the broad sum of all kinds" in str(verify(sums=True).fault)


def _from_months(wanted: Slice, dimensions: list[str]) -> list[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongjian.ledger.statistics.kept.GRAINS", {})
        return totals_by(wanted, dimensions)
