from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, Role
from gongjian.registry.services.accounts import open_account, reopen_account
from gongjian.registry.tests.factories import make_account, make_office

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def system(office: Any) -> Account:
    return make_account(office, Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture(autouse=True)
def second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjian.registry.middleware.is_mfa_enabled", lambda account: True)


class TestAuditLog:
    @pytest.fixture
    def reader(self, client: Any, office: Any) -> Any:
        client.force_login(make_account(office, Role.AUDIT_ADMINISTRATOR), backend=BACKEND)
        return client

    def test_it_tells_acts_in_words(self, reader: Any, system: Account) -> None:
        open_account(system, username="wang", name="王样例")
        page = reader.get(reverse("registry:audit")).content.decode()
        assert "开账号" in page
        assert "王样例" in page

    def test_it_is_filtered(self, reader: Any, system: Account, office: Any) -> None:
        open_account(system, username="wang", name="王样例")
        for query, found in (
            ({"action": "registry.open"}, True),
            ({"action": "registry.close"}, False),
            ({"actor": system.username}, True),
            ({"actor": "nobody-at-all"}, False),
            ({"until": "2019-12-31"}, False),
            ({"since": "2019-12-31"}, True),
        ):
            assert ("王样例" in reader.get(reverse("registry:audit"), query).content.decode()) is found, query

    def test_pages_follow_one_another(self, reader: Any, system: Account, office: Any) -> None:
        for _ in range(60):
            reopen_account(system, account=system)
        first = reader.get(reverse("registry:audit"))
        assert len(first.context["rows"]) == 50
        rest = reader.get(reverse("registry:audit"), {"cursor": first.context["next"]})
        assert {entry.pk for entry, _ in rest.context["rows"]}.isdisjoint(entry.pk for entry, _ in first.context["rows"])

    def test_a_made_up_cursor_is_refused_politely(self, reader: Any) -> None:
        assert reader.get(reverse("registry:audit"), {"cursor": "x"}).status_code == 422

    def test_exporting_it_is_logged_too(self, reader: Any, system: Account) -> None:
        open_account(system, username="wang", name="王样例")
        response = reader.get(reverse("registry:audit_export"))
        rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
        assert any("开账号" in row for row in rows)
        assert AuditEntry.objects.filter(action="registry.export_audit").exists()

    def test_another_offices_log_is_not_in_it(self, reader: Any, office: Any) -> None:
        office.hostnames = ["testserver"]
        office.save()
        other = make_office("邻街街道")
        with scope(office=other):
            open_account(make_account(other, Role.SYSTEM_ADMINISTRATOR), username="elsewhere", name="邻街样例")
        assert "邻街样例" not in reader.get(reverse("registry:audit")).content.decode()
