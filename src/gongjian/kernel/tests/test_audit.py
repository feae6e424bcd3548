import pytest
import structlog
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import InternalError, NotSupportedError, connection, transaction
from django.db.utils import ProgrammingError

from gongjian.kernel import audit
from gongjian.kernel.models import AuditEntry

REFUSED = (InternalError, ProgrammingError, NotSupportedError)


class TestRecord:
    def test_who_what_on_what_in_which_office(self, office: object) -> None:
        clerk = get_user_model().objects.create(office=office, username="clerk", name="样例")
        entry = audit.record(clerk, "test.touch", clerk, reason="试一试")
        assert (entry.actor, entry.action, entry.office_id) == (clerk, "test.touch", office.pk)
        assert (entry.thing_type, entry.thing_id, entry.thing_name) == ("registry.account", str(clerk.pk), clerk.name)
        assert entry.detail == {"reason": "试一试"}

    def test_a_stranger_is_nobody(self, office: object) -> None:
        assert audit.record(None, "test.touch").actor is None

    def test_a_person_stands_there_masked(self, office: object) -> None:
        person = apps.get_model("registry", "Person").objects.create(office=office, name="欧阳样例")
        assert audit.record(None, "test.touch", person).thing_name == "欧***"

    def test_address_and_request_come_from_the_request(self, office: object) -> None:
        with structlog.contextvars.bound_contextvars(ip="203.0.113.7", request_id="r-1"):
            entry = audit.record(None, "test.touch")
        assert (entry.address, entry.request_id) == ("203.0.113.7", "r-1")


class TestAppendOnly:
    @pytest.fixture
    def entry(self, office: object) -> AuditEntry:
        return audit.record(None, "test.touch")

    def test_the_database_refuses_changing_an_entry(self, entry: AuditEntry) -> None:
        with pytest.raises(REFUSED, match="Cannot update"), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(action="test.other")

    def test_the_database_refuses_deleting_an_entry(self, entry: AuditEntry) -> None:
        with pytest.raises(REFUSED, match=r"Cannot .*delete"), transaction.atomic():
            entry.delete()

    def test_the_database_refuses_emptying_the_table(self, entry: AuditEntry) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(REFUSED, match="Cannot truncate"), transaction.atomic():
                cursor.execute("TRUNCATE kernel_auditentry")
