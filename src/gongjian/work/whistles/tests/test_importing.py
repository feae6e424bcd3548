"""Importing the hotline's sheets."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from procrastinate.contrib.django.models import ProcrastinateJob

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.work.whistles.hotline.columns import COLUMNS
from gongjian.work.whistles.models import ImportBatch, ImportPart, Whistle
from gongjian.work.whistles.selectors.imports import get_import
from gongjian.work.whistles.services.importing import (
    confirm_import,
    forget_old_imports,
    read_sheet,
    unfinished,
    write_all,
    write_next,
)
from gongjian.work.whistles.tasks import continue_imports
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.tests.sheets import cells_of, make_row, make_sheet

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def import_all(cast: Cast, *rows: Any) -> ImportBatch:
    batch = read_sheet(cast.clerk, file=make_sheet(rows))
    confirm_import(cast.clerk, batch=batch, defer=lambda confirmed: write_all(confirmed.pk))
    return ImportBatch.objects.get(pk=batch.pk)


class TestReading:
    def test_nothing_is_written_before_it_is_confirmed(self, cast: Cast) -> None:
        batch = read_sheet(cast.clerk, file=make_sheet([make_row(), make_row("A-2", "亮")]))
        assert (batch.new, batch.broken, batch.state) == (1, 1, "read")
        assert not Whistle.objects.exists()

    def test_known_numbers_and_the_same_words_from_the_same_phone_are_duplicates(self, cast: Cast) -> None:
        import_all(cast, make_row("A-1", phone="13800000000"))
        make_whistle("路灯不亮已经一周", phone="13900000000")
        batch = read_sheet(
            cast.clerk,
            file=make_sheet(
                [
                    make_row("A-1", "别的内容也一样算"),
                    make_row("A-2", phone=13800000000),
                    make_row("A-3", "路灯不亮已经一周", phone="139-0000-0000"),
                    make_row("A-4", "路灯不亮已经一周", phone="13700000000"),
                    make_row("A-4", "同一张表里又来一次"),
                    make_row("", "路灯不亮已经一周", phone="13700000000"),
                    make_row("A-6", "路灯不亮已经一周"),
                ]
            ),
        )
        assert (batch.new, batch.duplicate) == (2, 5)

    def test_after_thirty_days_the_same_words_are_new(self, cast: Cast) -> None:
        with clock.set_to(clock.now() - timedelta(days=31)):
            make_whistle(phone="13800000000")
        assert read_sheet(cast.clerk, file=make_sheet([make_row(phone="13800000000")])).new == 1

    def test_rows_lie_encrypted(self, cast: Cast) -> None:
        read_sheet(cast.clerk, file=make_sheet([make_row(phone="13800000000", name="样例")]))
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed_rows FROM whistles_importpart")
            assert "13800000000" not in cursor.fetchone()[0]

    def test_a_category_that_the_catalogue_lacks_is_counted_and_taken(self, cast: Cast) -> None:
        batch = import_all(cast, make_row(category="热线自己的类"), make_row("A-2", category=str(cast.category)))
        assert (batch.unmatched, batch.written) == (1, 2)
        assert Whistle.objects.get(external_number="A-2").category == cast.category
        assert Whistle.objects.get(external_number="A-1").suggestion["category"] == "refuse"

    @pytest.mark.parametrize("file", [("工单.xlsx", b""), ("工单.xlsx", b"nothing"), ("工单.pdf", b"%PDF-1.4\n%%EOF")])
    def test_other_files_are_refused(self, cast: Cast, file: tuple[str, bytes]) -> None:
        with pytest.raises(Invalid) as refused:
            read_sheet(cast.clerk, file=SimpleUploadedFile(*file))
        assert refused.value.field == "file"

    def test_only_clerks_import(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            read_sheet(cast.worker, file=make_sheet([make_row()]))


class TestWriting:
    def test_every_good_row_becomes_a_whistle_with_its_clocks(self, cast: Cast) -> None:
        row = make_row(place=cast.community.name, said_at="2026-03-02 08:30", phone="13800000000", spot="东门", name="样例")
        with clock.set_to(clock.now()):
            batch = import_all(cast, row)
        whistle = Whistle.objects.get()
        assert (batch.state, batch.written, whistle.source, whistle.state) == ("done", 1, "hotline", "blown")
        assert (whistle.community, whistle.spot, whistle.reporter_phone) == (cast.community, "东门", "13800000000")
        assert whistle.received_at.isoformat() == "2026-03-02T00:30:00+00:00"
        assert whistle.resolution_due_at > clock.now()  # nobody is late before it came in

    def test_confirmed_twice_it_is_written_once(self, cast: Cast) -> None:
        batch = read_sheet(cast.clerk, file=make_sheet([make_row()]))
        begun: list[Any] = []
        for _ in range(2):
            confirm_import(cast.clerk, batch=batch, defer=begun.append)
        assert len(begun) == 1
        for _ in range(2):
            write_all(batch.pk)
        assert Whistle.objects.count() == 1

    def test_without_anything_new_there_is_nothing_to_confirm(self, cast: Cast) -> None:
        batch = read_sheet(cast.clerk, file=make_sheet([make_row(text="亮")]))
        with pytest.raises(Conflict):
            confirm_import(cast.clerk, batch=batch, defer=lambda batch: None)

    def test_what_came_meanwhile_is_left_out(self, cast: Cast) -> None:
        one, other = (read_sheet(cast.clerk, file=make_sheet([make_row()])) for _ in range(2))
        for batch in (one, other):
            confirm_import(cast.clerk, batch=batch, defer=lambda confirmed: write_all(confirmed.pk))
        assert Whistle.objects.count() == 1
        assert ImportBatch.objects.get(pk=other.pk).written == 0

    def test_a_killed_worker_is_continued_without_loss_or_repetition(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.work.whistles.services.importing.PART", 2)
        batch = read_sheet(cast.clerk, file=make_sheet([make_row(f"A-{n}", f"第 {n} 盏路灯不亮") for n in range(5)]))
        confirm_import(cast.clerk, batch=batch, defer=lambda batch: None)
        assert write_next(batch.pk)
        assert (Whistle.objects.count(), unfinished()) == (2, [batch.pk])
        continue_imports(0)
        assert Whistle.objects.count() == 5
        assert (unfinished(), ImportPart.objects.count()) == ([], 0)


class TestForgetting:
    def test_after_a_day_every_row_is_gone(self, cast: Cast) -> None:
        batch = read_sheet(cast.clerk, file=make_sheet([make_row(), make_row("A-2", "亮")]))
        forget_old_imports()
        assert ImportPart.objects.count() == 2
        with clock.set_to(clock.now() + timedelta(days=1, minutes=1)):
            forget_old_imports()
        assert not ImportPart.objects.exists()
        with pytest.raises(Missing):
            get_import(cast.clerk, batch.pk)


class TestPages:
    @pytest.fixture
    def clerk(self, client: Client, cast: Cast) -> Client:
        client.force_login(cast.clerk, backend=BACKEND)
        return client

    def upload(self, clerk: Client, *rows: Any, **options: Any) -> Any:
        return clerk.post(reverse("whistles:import"), {"file": make_sheet(rows, **options)}, follow=True)

    def test_from_upload_to_whistles(self, clerk: Client, cast: Cast) -> None:
        page = self.upload(clerk, make_row(name="样例"), make_row("A-2", "亮"))
        assert "导入这 1 件" in page.content.decode()
        url = page.redirect_chain[-1][0]
        form = {"submission": "2f1e4b52-8a0b-4f6a-9d53-111111111111"}
        for _ in range(2):  # a double click
            answer = clerk.post(url, form, follow=True)
        assert "正在导入" in answer.content.decode()
        assert ProcrastinateJob.objects.filter(task_name="gongjian.work.whistles.tasks.write_import").count() == 1
        continue_imports(0)
        assert Whistle.objects.count() == 1
        assert "新增 1 件哨件" in clerk.get(url).content.decode()
        fragment = clerk.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "新增 1 件哨件" in fragment
        assert "<html" not in fragment

    def test_wrong_titles_get_a_sentence(self, clerk: Client) -> None:
        page = self.upload(clerk, titles=["工单编号", "内容"])
        assert page.status_code == 422
        assert "表头缺少这些列：反映时间、社区、具体位置、反映人、电话、类别" in page.content.decode()

    def test_broken_rows_can_be_downloaded_mended_and_sent_in_again(self, clerk: Client, cast: Cast) -> None:
        self.upload(clerk, make_row("A-1", "=1+1", phone="13800000000"), make_row("A-2"))
        batch = ImportBatch.objects.get()
        titles, row = cells_of(clerk.get(reverse("whistles:import_errors", args=[batch.pk])).content)
        assert titles == [*COLUMNS, "原表行号", "原因"]
        assert (row[0], row[2], row[10]) == ("A-1", "=1+1", 2)
        assert "公式" in row[11]
        row[2] = "三号楼前的垃圾没有清"
        assert read_sheet(cast.clerk, file=make_sheet([row], titles)).new == 1

    def test_formulas_go_out_as_text(self, clerk: Client) -> None:
        import io

        from openpyxl import load_workbook

        self.upload(clerk, make_row("A-1", '=HYPERLINK("http://evil")'))
        batch = ImportBatch.objects.get()
        content = clerk.get(reverse("whistles:import_errors", args=[batch.pk])).content
        assert load_workbook(io.BytesIO(content)).worksheets[0]["C2"].data_type == "s"

    def test_another_clerk_does_not_find_it(self, clerk: Client, cast: Cast) -> None:
        from gongjian.registry.tests.factories import make_clerk

        other = read_sheet(make_clerk(cast.office), file=make_sheet([make_row()]))
        for name in ("import_preview", "import_errors"):
            assert clerk.get(reverse(f"whistles:{name}", args=[other.pk])).status_code == 404

    def test_the_template_is_taken_back_as_it_is(self, clerk: Client, cast: Cast) -> None:
        content = clerk.get(reverse("whistles:import_template")).content
        assert cells_of(content)[0] == list(COLUMNS)
        assert [cast.community.name] == [row[1] for row in cells_of(content, 2) if row[0] == "社区"]
        assert read_sheet(cast.clerk, file=SimpleUploadedFile("模板.xlsx", content)).new == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_every_row_once(transactional_db: None) -> None:
    """Over real connections: without the row's lock and the unique number both would write."""
    from gongjian.registry.tests.factories import make_office

    office = make_office()
    with scope(office=office):
        cast = Cast()
        batch = read_sheet(cast.clerk, file=make_sheet([make_row(f"A-{n}", f"第 {n} 盏路灯不亮") for n in range(600)]))
        confirm_import(cast.clerk, batch=batch, defer=lambda batch: None)
        failures: list[Exception] = []

        def work() -> None:
            try:
                with scope(office=office):
                    for _ in range(4):
                        write_next(batch.pk)
            except Exception as error:
                failures.append(error)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        write_all(batch.pk)
        assert not failures
        assert Whistle.objects.count() == 600
        assert ImportBatch.objects.get().written == 600
