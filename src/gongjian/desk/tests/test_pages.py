"""The desk's own pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from gongjian import desk
from gongjian.desk import selectors
from gongjian.kernel import clock
from gongjian.kernel.rooms import DeskItem, Found, RoomConfig
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization


@pytest.fixture
def busy_room(monkeypatch):
    """One room with four things to do and one thing to find."""
    now = clock.now()

    class Busy(RoomConfig):
        def desk_items(self, account):
            for title, due in [
                ("后天", timedelta(days=2)),
                ("逾期", timedelta(days=-1)),
                ("随便", None),
                ("马上", timedelta()),
            ]:
                moment = None if due is None else now + due + timedelta(seconds=30)
                yield DeskItem("吹哨", f"{title}的事", "细节", f"/{title}/", "办结", moment)

        def search(self, account, words):
            return [Found("单位", "样例单位", "学校", "/found/")] if words == "样例" else []

    monkeypatch.setattr(selectors, "rooms", lambda: [Busy("gongjian.desk", desk)])


class TestHome:
    def test_without_deeds_says_what_will_be_here(self, client, office):
        assert "还没有公开的事迹" in text(client.get("/"))

    def test_this_month_s_figures_lead_to_their_deeds(self, client, office):
        organization, today = make_organization(office), clock.today()
        for quantity in (8, 12):
            make_deed(office, organization=organization, quantity=Decimal(quantity), occurred_from=today)
        make_deed(office, organization=organization, quantity=Decimal(500), occurred_from=today - timedelta(days=60))
        period = selectors.lately_in_figures()
        assert (period.is_month, period.deeds, str(period.figures[0].value)) == (True, 2, "20小时")
        behind = text(client.get(period.figures[0].url))
        assert "8小时" in behind
        assert "12小时" in behind
        assert "500小时" not in behind

    def test_without_any_this_month_those_of_the_latest_year(self, client, office):
        for occurred in (date(2019, 5, 1), date(2020, 2, 2), date(2020, 11, 3)):
            make_deed(office, occurred_from=occurred)
        period = selectors.lately_in_figures()
        assert (period.is_month, period.deeds, period.first.year) == (False, 2, 2020)
        assert "2020年" in text(client.get("/"))

    def test_a_sum_of_rough_quantities_is_rough(self, office):
        make_deed(office, quantity=Decimal(8), approximation="over")
        make_deed(office, quantity=Decimal(10))
        assert str(selectors.lately_in_figures().figures[0].value) == "18余小时"

    def test_over_and_nearly_together_are_about(self, office):
        make_deed(office, quantity=Decimal(8), approximation="over")
        make_deed(office, quantity=Decimal(10), approximation="nearly")
        assert str(selectors.lately_in_figures().figures[0].value) == "约18小时"


class TestDeeds:
    def test_private_and_reversed_deeds_are_not_listed(self, client, office):
        clerk = make_clerk(office)
        make_deed(office, statement="公开做的事{数}")
        make_deed(office, statement="不公开的事{数}", public=False)
        wrong = make_deed(office, statement="记错的事{数}")
        reverse_deed(clerk, deed=wrong, reason="同一件事记了两遍")
        listed = text(client.get(reverse("desk:deeds")))
        assert "公开做的事" in listed
        assert "不公开的事" not in listed
        assert "记错的事" not in listed

    def test_a_wrong_filter_is_said_beside_its_field(self, client, office):
        assert 'id="id_since_error"' in text(client.get(reverse("desk:deeds"), {"since": "昨天"}))


class TestOrganization:
    def test_shows_figures_years_and_deeds(self, client, office):
        organization = make_organization(office, "样例学校")
        for year in (2024, 2025, 2025):
            make_deed(office, organization=organization, occurred_from=date(year, 5, 1))
        page = text(client.get(reverse("desk:organization", args=[organization.pk])))
        assert "样例学校" in page
        assert '<td data-value="2">2</td>' in page
        assert f"/deeds/?kind=volunteer-hours&amp;organization={organization.pk}" in page

    def test_one_that_is_not_there_is_404(self, client, office):
        assert client.get(reverse("desk:organization", args=[10**9])).status_code == 404


class TestMyDesk:
    def test_the_most_urgent_stands_first_and_the_undated_last(self, office, busy_room):
        titles = [todo.item.title for todo in selectors.things_to_do(make_clerk(office))]
        assert titles == ["逾期的事", "马上的事", "后天的事", "随便的事"]

    def test_the_title_counts_them(self, client, office, busy_room):
        client.force_login(make_clerk(office))
        page = text(client.get(reverse("desk:my_desk")))
        assert "今天先办这四件" in page
        assert "一件已逾期" in page

    def test_nothing_to_do(self, client, office):
        client.force_login(make_account(office, "volunteer"))
        assert "今天没有要办的事" in text(client.get(reverse("desk:my_desk")))

    def test_strangers_are_sent_to_sign_in(self, client, office):
        assert client.get(reverse("desk:my_desk")).url.startswith(reverse("account_login"))


class TestSearch:
    def test_full_page_and_fragment_say_the_same(self, client, office, busy_room):
        address = reverse("desk:search")
        fragment = text(client.get(address, {"q": "样例"}, headers={"HX-Request": "true"}))
        assert "样例单位" in fragment
        assert "<html" not in fragment
        assert fragment.strip() in text(client.get(address, {"q": "样例"}))

    def test_nothing_found_repeats_the_words_escaped(self, client, office, busy_room):
        assert "没有找到“&lt;b&gt;”" in text(client.get(reverse("desk:search"), {"q": "<b>"}))


class TestErrors:
    def test_a_missing_page_says_what_to_do_in_both_languages(self, client, office):
        page = client.get("/no-such-page/")
        assert page.status_code == 404
        assert "没有找到这一页" in text(page)
        assert 'lang="en"' in text(client.get("/no-such-page/", headers={"Accept-Language": "en"}))

    @pytest.mark.noisy
    def test_a_forged_form_is_refused_with_a_way_out(self, office):
        answer = Client(enforce_csrf_checks=True).post(reverse("desk:elder"), {"on": "1"})
        assert answer.status_code == 403
        assert "请退回上一页刷新" in text(answer)

    @pytest.mark.noisy
    def test_a_failure_is_not_the_reader_s_fault(self, office, monkeypatch):
        monkeypatch.setattr("gongjian.desk.views.public.lately_in_figures", lambda: 1 / 0)
        answer = Client(raise_request_exception=False).get("/")
        assert answer.status_code == 500
        assert "不是您的操作有错" in text(answer)

    def test_the_plain_pages_need_no_request(self, office):
        from gongjian.desk.views.errors import bad_request

        assert bad_request(None).status_code == 400


class TestAllauth:
    def test_no_reset_by_mail_is_offered(self, client, office):
        assert "/password/reset/" not in text(client.get(reverse("account_login")))

    def test_a_wrong_password_is_said_and_the_name_stays(self, client, office):
        answer = client.post(reverse("account_login"), {"login": "wang", "password": "wrong-password"})
        assert 'value="wang"' in text(answer)
        assert 'role="alert"' in text(answer)
        assert "/password/reset/" not in text(answer)

    def test_second_factor_pages(self, client, office):
        client.force_login(make_clerk(office))
        assert "两步验证" in text(client.get(reverse("mfa_index")))


def text(response):
    return response.content.decode()
