from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongjian.ledger.models import Confirmation, Deed, DeedEvidence, Leaf, Level, Seal
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.services import confirm_deed
from gongjian.ledger.tests.factories import make_deed, make_evidence
from gongjian.registry.tests.factories import first_community, make_account

TABLES = ["ledger_deed", "ledger_confirmation", "ledger_deedevidence", "ledger_leaf", "ledger_seal"]


@pytest.fixture
def sealed(office: Any) -> Deed:
    deed = make_deed(office, evidence=[make_evidence(office)])
    worker = make_account(office, "community_worker", community=first_community(office))
    confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区居委会")
    seal()
    return deed


@pytest.mark.usefixtures("sealed")
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize("table", TABLES)
    def test_deleting_a_row(self, table: str) -> None:
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            execute(f"DELETE FROM {table}")

    @pytest.mark.parametrize(
        ("table", "change"),
        [
            ("ledger_deed", "quantity = 9999"),
            ("ledger_deed", "statement = '别的'"),
            ("ledger_confirmation", "level = 2"),
            ("ledger_deedevidence", "evidence_id = evidence_id"),
            ("ledger_leaf", "deed_id = NULL"),
            ("ledger_seal", "root = ''"),
        ],
    )
    def test_changing_a_row(self, table: str, change: str) -> None:
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            execute(f"UPDATE {table} SET {change}")

    @pytest.mark.parametrize("table", TABLES)
    def test_emptying_a_table(self, table: str) -> None:
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="Cannot truncate"), transaction.atomic():
            execute(f"TRUNCATE {table} CASCADE")

    def test_and_everything_is_still_there(self) -> None:
        assert [model.objects.count() for model in (Deed, Confirmation, DeedEvidence, Seal)] == [1, 1, 1, 1]
        assert Leaf.objects.count() == 2

    def test_saving_a_deed_again(self, sealed: Deed) -> None:
        sealed.statement = "改了一个字"
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            sealed.save()


class TestConstraints:
    """What services check, the database holds as well."""

    @pytest.mark.parametrize(
        "change",
        [
            {"quantity": -8},
            {"quantity": 8, "unit": ""},
            {"quantity": None},
            {"occurred_to": "2026-03-01"},
            {"occurred_from": "1911-10-10"},
            {"organization_id": None},
            {"initial_level": 2},
        ],
    )
    def test_an_impossible_deed(self, office: Any, change: dict[str, Any]) -> None:
        deed = make_deed(office)
        values = {field.attname: getattr(deed, field.attname) for field in Deed._meta.fields if field.attname != "id"}
        with pytest.raises(Exception, match="violates check constraint"), transaction.atomic():
            Deed(**values | change).save(force_insert=True)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
