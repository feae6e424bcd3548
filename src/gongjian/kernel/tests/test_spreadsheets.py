from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from gongjian.kernel.web.spreadsheets import spreadsheet


def read_back(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    response = spreadsheet("名册", ["甲", "乙"], rows)
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


class TestSpreadsheet:
    def test_head_and_rows_come_back(self) -> None:
        assert read_back(("张", 3), ("李", None)) == [("甲", "乙"), ("张", 3), ("李", None)]

    def test_what_looks_like_a_formula_stays_text(self) -> None:
        response = spreadsheet("名册", ["甲"], [('=HYPERLINK("http://evil")',)])
        cell = load_workbook(BytesIO(response.content)).active["A2"]
        assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://evil")')

    def test_moments_are_in_the_offices_time(self) -> None:
        rows = read_back((datetime(2020, 7, 29, 17, 0, tzinfo=UTC), date(2020, 7, 30)))
        assert rows[1] == (datetime(2020, 7, 30, 1, 0), datetime(2020, 7, 30))  # noqa: DTZ001

    def test_the_browser_saves_it_under_its_name(self) -> None:
        header = spreadsheet("名册", [], [])["Content-Disposition"]
        assert header.startswith("attachment")
        assert "xlsx" in header
