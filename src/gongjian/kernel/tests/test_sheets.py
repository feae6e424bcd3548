"""Lists from Excel: read, shown, confirmed, written once, whatever dies in between."""

import threading
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django_scopes import scope
from procrastinate.contrib.django.models import ProcrastinateJob

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.kernel.sheets import cells, receiving, writing
from gongjian.kernel.sheets.kinds import Row, open_kind
from gongjian.kernel.sheets.models import SheetImport, SheetPart
from gongjian.kernel.sheets.reading import rows_of
from gongjian.kernel.sheets.receiving import forget_old_sheets, read_on, receive_sheet
from gongjian.kernel.sheets.selectors import get_sheet
from gongjian.kernel.sheets.selectors import rows_of as rows_in
from gongjian.kernel.sheets.tasks import continue_sheets
from gongjian.kernel.sheets.writing import confirm_sheet, write_next, write_on
from gongjian.kernel.tests import word_sheet
from gongjian.kernel.tests.sheets import cells_of, make_sheet
from gongjian.registry.tests.factories import make_clerk, make_office

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"
CODE = "test.words"
NAIVE = datetime(2026, 3, 2, 8)  # noqa: DTZ001  as Excel stores it


@pytest.fixture(autouse=True)
def announced(monkeypatch: pytest.MonkeyPatch) -> None:
    word_sheet.WRITTEN.clear()
    word_sheet.REFUSED.clear()
    monkeypatch.setattr(apps.get_app_config("desk"), "sheets", {CODE: "gongjian.kernel.tests.word_sheet.WordSheet"})


@pytest.fixture
def clerk(office: Any) -> Any:
    return make_clerk(office)


def words(*words: Any) -> Any:
    return make_sheet(word_sheet.COLUMNS, [[word, 1, None] for word in words])


def receive(clerk: Any, *rows: Any, defer: Any = lambda sheet: None) -> SheetImport:
    return receive_sheet(clerk, code=CODE, file=words(*rows), defer=defer)


def confirm(clerk: Any, sheet: SheetImport, defer: Any = lambda sheet: None) -> SheetImport:
    return confirm_sheet(clerk, sheet=sheet, defer=defer)


def counts(sheet: SheetImport) -> tuple[int, int, int]:
    return sheet.new, sheet.repeated, sheet.broken


class TestReceiving:
    def test_a_small_file_is_read_at_once_and_nothing_is_written(self, clerk: Any) -> None:
        sheet = receive(clerk, "甲", "甲", "太长太长太长", "丙")
        assert (sheet.state, counts(sheet), sheet.remarked) == ("read", (2, 1, 1), 1)
        assert word_sheet.WRITTEN == []

    def test_a_large_file_is_read_by_a_job_that_goes_on_where_another_died(
        self, clerk: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(receiving, "SMALL", 0)
        monkeypatch.setattr(receiving, "PART", 2)
        deferred: list[Any] = []
        sheet = receive(clerk, "甲", "乙", "甲", "丁", defer=deferred.append)
        assert (sheet.state, deferred, counts(sheet)) == ("reading", [sheet], (0, 0, 0))
        keep, kept = receiving._keep_once, []

        def die_after_one(key: int, number: int, rows: Any) -> bool:
            kept.append(number)
            return keep(key, number, rows) and len(kept) < 1

        monkeypatch.setattr(receiving, "_keep_once", die_after_one)
        read_on(sheet.pk)
        assert SheetImport.objects.get().new == 2
        monkeypatch.setattr(receiving, "_keep_once", keep)
        with clock.set_to(clock.now() + timedelta(minutes=3)):
            continue_sheets(0)
        sheet = SheetImport.objects.get()
        assert (sheet.state, counts(sheet), sheet.sealed_file) == ("read", (3, 1, 0), None)
        assert [row.cells["词"] for row in rows_in(sheet, "new")] == ["甲", "乙", "丁"]

    def test_a_large_file_that_breaks_in_the_middle_says_why(self, clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(receiving, "SMALL", 0)
        sheet = receive(clerk, "甲", "乙")
        monkeypatch.setattr("gongjian.kernel.sheets.reading.MOST_ROWS", 1)
        read_on(sheet.pk)
        sheet = SheetImport.objects.get()
        assert (sheet.state, sheet.sealed_file) == ("refused", None)
        assert "一次最多导入 1 行" in sheet.refusal
        with pytest.raises(Conflict):
            confirm(clerk, sheet)

    @pytest.mark.parametrize("file", [("表.xlsx", b""), ("表.xlsx", b"nothing"), ("表.pdf", b"%PDF-1.4\n%%EOF")])
    def test_other_files_are_refused(self, clerk: Any, file: tuple[str, bytes]) -> None:
        with pytest.raises(Invalid) as refused:
            receive_sheet(clerk, code=CODE, file=SimpleUploadedFile(*file), defer=lambda sheet: None)
        assert refused.value.field == "file"
        assert not SheetImport.objects.exists()

    def test_a_list_that_nobody_announced_is_missing(self, clerk: Any) -> None:
        with pytest.raises(Missing):
            open_kind("test.nothing", clerk)


class TestWriting:
    def test_confirmed_twice_it_is_written_once(self, clerk: Any) -> None:
        sheet = receive(clerk, "甲", "乙")
        for _ in range(2):
            done = confirm(clerk, sheet)
        assert (done.state, done.written, word_sheet.WRITTEN) == ("done", 2, ["甲", "乙"])
        assert not SheetPart.objects.filter(kind="new").exists()

    def test_nothing_new_is_nothing_to_confirm(self, clerk: Any) -> None:
        with pytest.raises(Conflict):
            confirm(clerk, receive(clerk, "太长太长太长"))

    def test_what_came_meanwhile_is_counted_as_repeated(self, clerk: Any) -> None:
        one, other = receive(clerk, "甲", "乙"), receive(clerk, "乙", "丁")
        confirm(clerk, one)
        done = confirm(clerk, other)
        assert (done.written, counts(done), word_sheet.WRITTEN) == (1, (1, 1, 0), ["甲", "乙", "丁"])

    def test_a_row_that_is_no_longer_sound_comes_back_with_its_reason(self, clerk: Any) -> None:
        sheet = receive(clerk, "甲", "乙", "太长太长太长")
        word_sheet.REFUSED.add("乙")
        done = confirm(clerk, sheet)
        assert (done.written, counts(done)) == (1, (1, 0, 2))
        assert {row.cells["词"]: row.why for row in rows_in(done, "broken")}["乙"] == "不再收这个词"

    def test_many_rows_are_written_by_a_job_that_another_continues(self, clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(receiving, "PART", 2)
        monkeypatch.setattr(writing, "PART", 2)
        sheet, deferred = receive(clerk, *"甲乙丙丁戊"), []
        confirm(clerk, sheet, defer=deferred.append)
        assert len(deferred) == 1
        assert write_next(sheet.pk)
        assert word_sheet.WRITTEN == ["甲", "乙"]
        with clock.set_to(clock.now() + timedelta(minutes=3)):
            continue_sheets(0)
        assert list("甲乙丙丁戊") == word_sheet.WRITTEN
        assert SheetImport.objects.get().state == "done"

    def test_who_has_lost_the_right_meanwhile_writes_nothing(self, clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "PART", 0)
        sheet = confirm(clerk, receive(clerk, "甲"))
        clerk.assignments.all().delete()
        write_on(sheet.pk)
        done = SheetImport.objects.get()
        assert (done.state, done.written, counts(done), word_sheet.WRITTEN) == ("done", 0, (0, 0, 1), [])


class TestForgetting:
    def test_after_a_day_every_row_is_gone(self, clerk: Any) -> None:
        sheet = receive(clerk, "甲", "太长太长太长")
        forget_old_sheets()
        assert SheetPart.objects.count() == 2
        with clock.set_to(clock.now() + timedelta(days=1, minutes=1)):
            forget_old_sheets()
        assert not SheetPart.objects.exists()
        with pytest.raises(Missing):
            get_sheet(clerk, sheet.pk)


class TestPages:
    @pytest.fixture
    def signed_in(self, client: Client, clerk: Any) -> Client:
        client.force_login(clerk, backend=BACKEND)
        return client

    def upload(self, client: Client, file: Any) -> Any:
        return client.post(reverse("desk:sheet_upload", args=[CODE]), {"file": file}, follow=True)

    def test_from_upload_to_written(self, signed_in: Client) -> None:
        page = self.upload(signed_in, words("甲", "丙"))
        assert "导入这 2 条" in page.content.decode()
        url = page.redirect_chain[-1][0]
        form = {"submission": "2f1e4b52-8a0b-4f6a-9d53-111111111111"}
        for _ in range(2):  # a double click
            answer = signed_in.post(url, form, follow=True)
        assert "新增 2 条" in answer.content.decode()
        assert word_sheet.WRITTEN == ["甲", "丙"]

    def test_a_large_file_shows_how_far_it_is(self, signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(receiving, "SMALL", 0)
        page = self.upload(signed_in, words("甲"))
        assert "正在读" in page.content.decode()
        assert ProcrastinateJob.objects.filter(task_name="gongjian.kernel.sheets.tasks.read_sheet").count() == 1
        url = page.redirect_chain[-1][0]
        assert "已读 0 行" in signed_in.get(url, headers={"HX-Request": "true"}).content.decode()
        read_on(SheetImport.objects.get().pk)
        fragment = signed_in.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "导入这 1 条" in fragment
        assert "<html" not in fragment

    def test_wrong_titles_get_a_sentence(self, signed_in: Client) -> None:
        page = self.upload(signed_in, make_sheet(["词"], [["甲"]]))
        assert page.status_code == 422
        assert "表头缺少这些列：数。" in page.content.decode()

    def test_broken_rows_can_be_downloaded_mended_and_sent_in_again(self, signed_in: Client) -> None:
        self.upload(signed_in, words('=HYPERLINK("http://evil")', "乙"))
        content = signed_in.get(reverse("desk:sheet_rows", args=[SheetImport.objects.get().pk])).content
        titles, row = cells_of(content)
        assert titles == ["词", "数", "号", "原表行号", "原因"]
        assert row[0] == '=HYPERLINK("http://evil")'
        assert "公式" in row[4]
        assert "导入这 1 条" in self.upload(signed_in, make_sheet(titles, [["甲", *row[1:]]])).content.decode()

    def test_another_clerk_does_not_find_it(self, signed_in: Client, office: Any) -> None:
        other = receive(make_clerk(office), "甲")
        for name in ("sheet", "sheet_rows"):
            assert signed_in.get(reverse(f"desk:{name}", args=[other.pk])).status_code == 404

    def test_the_template_is_taken_back_as_it_is(self, signed_in: Client) -> None:
        content = signed_in.get(reverse("desk:sheet_template", args=[CODE])).content
        assert cells_of(content)[0] == ["词", "数", "号"]
        assert cells_of(content, 2)[1] == ["词", "甲"]
        assert "没有新的行" in self.upload(signed_in, SimpleUploadedFile("模板.xlsx", content)).content.decode()


class TestTitles:
    def rows(self, *args: Any, **kwargs: Any) -> list[Row]:
        return list(rows_of(make_sheet(*args, **kwargs).read(), word_sheet.COLUMNS))

    def test_in_any_order_below_other_lines(self) -> None:
        (row,) = self.rows(["数", "别的", "词"], [[3.0, "x", " 甲\x00 "[:2]], [None, ""]], above=[["某市"], []])
        assert (row.number, row.cells) == (4, {"词": "甲", "数": "3", "号": ""})

    def test_what_is_no_sheet_is_refused(self) -> None:
        with pytest.raises(Invalid):
            list(rows_of(b"PK\x03\x04 nothing", word_sheet.COLUMNS))


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (13800000000.0, "13800000000"),
            (12, "12"),
            (None, ""),
            (" 甲\x00 ", "甲"),
            (date(2026, 3, 2), "2026-03-02"),
            (1.5, "1.5"),
        ],
    )
    def test_a_cell_is_what_it_shows(self, value: Any, text: str) -> None:
        assert cells.text_of(value) == text

    def test_numbers_are_exact_and_dates_are_read_however_written(self) -> None:
        row = Row(1, {"数": "1,234.10", "日": "2026年3月2日", "有": "有"}, {"日": "2026年3月2日"})
        assert cells.number(row, "数") == Decimal("1234.10")
        assert cells.day(row, "日") == date(2026, 3, 2)
        assert cells.yes_or_no(row, "有")
        assert cells.day(Row(1, {"日": "x"}, {"日": NAIVE}), "日") == date(2026, 3, 2)

    @pytest.mark.parametrize("text", ["一", "nan", "Infinity", "1e999999999999", "1 2"])
    def test_what_is_no_number_is_said(self, text: str) -> None:
        with override("zh-hans"), pytest.raises(Invalid, match="“数”应该是数字"):
            cells.number(Row(1, {"数": text}), "数")

    def test_a_name_of_two_things_names_neither(self) -> None:
        names = cells.unambiguous([1, 2, 3], lambda thing: ["同名" if thing < 3 else "三", str(thing)])
        assert names == {"1": 1, "2": 2, "3": 3, "三": 3}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_every_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over real connections: without the row's lock both would write."""
    monkeypatch.setattr(receiving, "PART", 20)
    monkeypatch.setattr(writing, "PART", 20)
    office = make_office()
    with scope(office=office):
        clerk = make_clerk(office)
        sheet = receive(clerk, *[f"词{n}" for n in range(100)])
        confirm(clerk, sheet)

    def work() -> None:
        with scope(office=office):
            write_on(sheet.pk)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with scope(office=office):
        write_on(sheet.pk)
        assert SheetImport.objects.get().written == 100
    assert sorted(word_sheet.WRITTEN) == sorted(f"词{n}" for n in range(100))
