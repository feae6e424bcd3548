from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.ledger.selectors import Reach, reach_of
from gongjian.ledger.selectors.year import all_together, concentration, months, verified
from gongjian.ledger.statistics.engines.postgres import Postgres
from gongjian.ledger.statistics.expressions import Asked
from gongjian.ledger.statistics.questions import Question, answer
from gongjian.ledger.tests.statistics.street import Street
from gongjian.registry.tests.factories import make_account

WHOLE = Reach(whole=True)
IN_2026 = Asked(since=date(2026, 1, 1), until=date(2026, 12, 31))
SIGNING_IN = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def street(office: Any) -> Any:
    with clock.set_to(datetime(2026, 6, 1, tzinfo=UTC)):
        street = Street(office)
        street.act()
        yield street


class TestTheYear:
    def test_is_what_the_command_counts(self, street: Street) -> None:
        rows = answer(Postgres(), "verification", Question(IN_2026, ("category",)))
        counted = {row["category"]: (row["deeds"], row["confirmed"], row["third_party"], row["confirmed_rate"]) for row in rows}
        shown = {p.category: (p.deeds, p.confirmed, p.third_party, p.confirmed_rate) for p in verified(WHOLE, 2026)}
        assert shown == counted

    def test_concentration_too(self, street: Street) -> None:
        [row] = answer(Postgres(), "concentration", Question(IN_2026))
        shown = concentration(WHOLE, 2026)
        assert (shown.organizations, shown.deeds, shown.top_share, shown.herfindahl) == tuple(
            row[name] for name in ("organizations", "deeds", "top_share", "herfindahl")
        )

    def test_months_stand_beside_those_of_the_year_before(self, street: Street) -> None:
        shown = months(WHOLE, 2026)
        rows = {row["month"]: row for row in answer(Postgres(), "trend", Question())}
        assert [month.deeds for month in shown[:3]] == [rows[month]["deeds"] for month in (202601, 202602, 202603)]
        assert [month.change for month in shown[:3]] == [rows[month]["year_change"] for month in (202601, 202602, 202603)]
        assert len(shown) == 12

    def test_an_empty_year_divides_by_nothing(self, office: Any) -> None:
        assert all_together(verified(WHOLE, 2020)).confirmed_rate is None
        assert concentration(WHOLE, 2020).herfindahl is None


class TestPage:
    def test_every_number_leads_to_its_deeds(self, street: Street, client: Any) -> None:
        client.force_login(street.clerk, backend=SIGNING_IN)
        page = client.get(reverse("ledger:year"))
        care = next(part for part in page.context["parts"] if part.category == "care")
        url = f"{reverse('ledger:explorer')}?since=2026-01&until=2026-12&category=care"
        assert f'href="{url}#deeds"' in page.content.decode().replace("&amp;", "&")
        assert client.get(url).context["totals"].deeds == care.deeds

    def test_counts_only_what_somebody_may_see(self, street: Street, client: Any) -> None:
        liaison = make_account(street.office, "unit_liaison", organization=street.organizations[0])
        client.force_login(liaison, backend=SIGNING_IN)
        shown = client.get(reverse("ledger:year")).context["all"].deeds
        assert shown == all_together(verified(reach_of(liaison), 2026)).deeds
        assert shown < all_together(verified(WHOLE, 2026)).deeds

    @pytest.mark.parametrize("typed", ["", "soon", "1800", "2999", "²⁰²⁶"])
    def test_what_is_no_year_is_this_one(self, street: Street, client: Any, typed: str) -> None:
        client.force_login(street.clerk, backend=SIGNING_IN)
        assert client.get(reverse("ledger:year"), {"year": typed}).context["year"] == 2026

    def test_costs_a_few_queries(self, street: Street, client: Any, django_assert_max_num_queries: Any) -> None:
        client.force_login(street.clerk, backend=SIGNING_IN)
        client.get(reverse("ledger:year"))
        with django_assert_max_num_queries(12):
            client.get(reverse("ledger:year"), {"year": "2025"})
