"""What a process keeps of an office is never older than the request."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from gongjian.kernel.inserting import insert_together
from gongjian.kernel.kept import kept, stamp, under
from gongjian.kernel.models import AuditEntry, CalendarDay
from gongjian.kernel.notifications.models import Notice
from gongjian.registry.models import Account, Assignment, Office, Place
from gongjian.registry.services.tokens import issue_token, revoke_token
from gongjian.registry.tests.factories import first_community, make_clerk, make_office

WHISTLES = "/api/v1/whistles/"


def blow(client: Client, secret: str, place: str) -> int:
    told = {"text": "路灯不亮，晚上看不见路", "place": place}
    headers = {"Authorization": f"Bearer {secret}"}
    return client.post(WHISTLES, told, content_type="application/json", headers=headers).status_code


def keeping(office: Office) -> Office:
    fresh: Office = under(stamp(), Office.objects.get(pk=office.pk))
    return fresh


class TestNextRequest:
    @pytest.fixture
    def secret(self, office: Any, client: Client) -> str:
        """Of a clerk whose first request has filled what is kept."""
        self.clerk = make_clerk(office)
        self.token, secret = issue_token(self.clerk, name="t", scopes=["whistles:write"])
        self.place = first_community(office)
        assert blow(client, secret, self.place.code) == 201
        return secret

    def test_a_revoked_token_is_refused(self, client: Client, secret: str) -> None:
        revoke_token(self.clerk, token=self.token)
        assert blow(client, secret, self.place.code) == 401

    def test_a_closed_account_is_refused(self, client: Client, secret: str) -> None:
        Account.objects.filter(pk=self.clerk.pk).update(is_active=False)
        assert blow(client, secret, self.place.code) == 401

    def test_a_role_that_ended_is_gone(self, client: Client, secret: str) -> None:
        Assignment.objects.filter(account=self.clerk).update(until=timezone.now())
        assert blow(client, secret, self.place.code) == 403

    def test_a_place_has_its_new_code(self, client: Client, secret: str) -> None:
        Place.objects.filter(pk=self.place.pk).update(code="999")
        assert blow(client, secret, self.place.code) == 422
        assert blow(client, secret, "999") == 201

    def test_a_new_clerk_is_told(self, client: Client, secret: str, office: Any) -> None:
        late = make_clerk(office)
        assert blow(client, secret, self.place.code) == 201
        assert Notice.objects.filter(account=late).count() == 1

    def test_another_office_keeps_nothing_of_this_one(self, client: Client, secret: str) -> None:
        elsewhere = make_office("别处街道", hostnames=["elsewhere.example"])
        headers = {"Authorization": f"Bearer {secret}", "Host": "elsewhere.example"}
        told = {"text": "路灯不亮，晚上看不见路", "place": self.place.code}
        assert client.post(WHISTLES, told, content_type="application/json", headers=headers).status_code == 401
        with scope(office=keeping(elsewhere)):
            assert kept("test.name", lambda: "elsewhere") == "elsewhere"


class TestKept:
    def test_is_read_once(self, office: Any) -> None:
        reads: list[int] = []
        for _ in range(3):
            with scope(office=keeping(office)):
                kept("test.once", lambda: reads.append(1) or "read")
        assert len(reads) == 1

    def test_without_a_request_everything_is_read(self, office: Any) -> None:
        assert kept("test.job", lambda: 1) == 1
        assert kept("test.job", lambda: 2) == 2

    def test_who_changes_something_reads_it_anew(self, office: Any) -> None:
        with scope(office=keeping(office)):
            assert kept("test.mine", lambda: 1) == 1
            CalendarDay.objects.create(day="2026-01-05", working=False, reason="测试")
            assert kept("test.mine", lambda: 2) == 2

    def test_what_an_unfinished_change_shows_is_not_kept(self, office: Any) -> None:
        known = keeping(office)
        with transaction.atomic(), scope(office=known):
            Place.objects.filter(level="community").update(name="改了一半")
            assert kept("test.half", lambda: first_community(office).name) == "改了一半"
            transaction.set_rollback(True)
        assert stamp() == known.__dict__["_kept_under"]
        with scope(office=known):
            assert kept("test.half", lambda: first_community(office).name) == "一号社区"

    def test_what_is_not_there_is_asked_for_again(self, office: Any) -> None:
        known = keeping(office)
        with scope(office=known):
            assert kept("test.none", lambda: None) is None
            assert kept("test.none", lambda: "there") == "there"


@pytest.mark.django_db(transaction=True)
def test_a_change_over_another_connection_is_seen() -> None:
    office = make_office()

    def rename() -> None:
        try:
            Office.objects.filter(pk=office.pk).update(short_name="改名")
        finally:
            connection.close()

    before = keeping(office)
    with ThreadPoolExecutor(1) as other:
        other.submit(rename).result()
    assert stamp() != before.__dict__["_kept_under"]


class TestInsertTogether:
    def test_writes_all_tables_in_one_statement(self, office: Any, django_assert_num_queries: Any) -> None:
        entries = [AuditEntry(at=timezone.now(), action=f"test.{number}") for number in range(3)]
        days = [CalendarDay(day="2026-01-05", working=True, reason="测试")]
        with django_assert_num_queries(1):
            insert_together(entries, [], days)
        assert AuditEntry.objects.filter(action__startswith="test.").count() == 3
        assert CalendarDay.objects.get().working

    def test_of_nothing_asks_nothing(self, office: Any, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            insert_together([], [])
