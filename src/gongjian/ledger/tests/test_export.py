from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.ledger.tests.factories import make_deed


class TestExport:
    def test_what_looks_like_a_formula_stays_text(self, as_clerk: Client, office: Any) -> None:
        for start in "=+-@":
            make_deed(office, statement=f"{start}HYPERLINK(1)数{{数}}", beneficiary=f"{start}1+1")
        answer = as_clerk.get(reverse("ledger:export"))
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(min_row=2))
        assert len(rows) == 4
        texts = [cell.value for row in rows for cell in row if isinstance(cell.value, str) and cell.value]
        assert not [text for text in texts if text[0] in "=+-@\t\r"]
        assert not [cell for row in rows for cell in row if cell.data_type == "f"]

    def test_follows_the_filter(self, as_clerk: Client, office: Any) -> None:
        make_deed(office)
        make_deed(office, kind="visit")
        answer = as_clerk.get(reverse("ledger:export"), {"kind": "visit"})
        assert load_workbook(BytesIO(answer.content)).active.max_row == 2
