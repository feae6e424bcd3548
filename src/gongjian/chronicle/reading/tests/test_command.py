import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from gongjian.chronicle.reading.tests.factories import TEXT, make_bank
from gongjian.ledger.models import Deed

KEYS = ["org", "deed", "category", "quantity", "unit", "approx", "date", "place", "span"]
REPORTS = Path(__file__).parents[5] / "demo" / "reports"


def lines(file):
    out = StringIO()
    call_command("chronicle", "read", str(file), "--json", stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.mark.django_db
class TestRead:
    def test_each_line_has_exactly_the_promised_fields(self, report):
        found = lines(report)
        assert [list(line) for line in found] == [KEYS] * 4
        assert all(line["span"] in TEXT for line in found)

    def test_names_of_the_registry_are_used(self, office, tmp_path):
        make_bank(office)
        file = tmp_path / "a.txt"
        file.write_text("2024年5月6日，样例银行捐款3万元。", encoding="utf-8")
        assert [line["org"] for line in lines(file)] == ["样例银行梧桐支行"]
        assert Deed.objects.count() == 0

    def test_without_a_database_the_report_speaks_for_itself(self, report, monkeypatch):
        def unreachable(*_arguments, **_options):
            raise DatabaseError("no database")

        monkeypatch.setattr("gongjian.registry.models.Office.objects.all", unreachable)
        assert {line["org"] for line in lines(report)} == {"样例银行梧桐支行", "样例第三小学"}

    def test_what_cannot_be_read_is_told(self, tmp_path):
        empty = tmp_path / "empty.txt"
        empty.write_bytes(b"")
        with pytest.raises(CommandError, match="空的"):
            lines(empty)


def test_evaluate_prints_f1_by_field():
    out = StringIO()
    call_command("chronicle", "evaluate", str(REPORTS), stdout=out)
    assert [line.split()[0] for line in out.getvalue().splitlines()] == [
        "organization",
        "quantity+unit",
        "date",
        "category",
        "whole",
    ]
