import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError
from django.db import connection

from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.ledger.models import Leaf
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.statistics.export import exporting, manifest
from gongjian.ledger.statistics.export.exporting import check, export
from gongjian.ledger.statistics.export.reading import open_export
from gongjian.ledger.tests.factories import make_deed
from gongjian.ledger.tests.statistics.street import Street, sealed_export
from gongjian.ledger.tests.test_command import ledger


@pytest.fixture
def folder(office: Any, tmp_path: Path) -> Path:
    Street(office).act()
    return sealed_export(tmp_path / "export")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    found = [row for path in open_export(folder).records for row in pq.ParquetFile(path).read().to_pylist()]
    return sorted(found, key=lambda row: row["record"])


class TestExport:
    def test_every_sealed_record_is_there_once(self, folder: Path) -> None:
        assert [row["record"] for row in rows_of(folder)] == list(range(Leaf.objects.count()))

    def test_files_lie_by_office_and_year_and_the_manifest_names_their_hashes(self, folder: Path, office: Any) -> None:
        kept = json.loads((folder / "manifest.json").read_text())
        for file in kept["files"] + kept["lists"]:
            assert manifest.sha256_of(folder / file["path"]) == file["sha256"]
        years = {Path(file["path"]).parent.as_posix() for file in kept["files"]}
        assert years == {f"records/office={office.code}/year={year}" for year in (2025, 2026)}

    def test_the_manifest_has_the_root_that_was_signed(self, folder: Path) -> None:
        kept = manifest.read(folder)
        assert kept
        assert kept.seal
        assert (kept.root, kept.size) == (kept.seal["root"], kept.seal["size"])

    def test_what_comes_later_is_added_and_nothing_else_touched(self, folder: Path, office: Any) -> None:
        before = manifest.read(folder)
        assert export(folder).fresh == 0
        make_deed(office)
        assert export(folder).fresh == 0, "not sealed yet"
        seal()
        assert export(folder).fresh == 1
        after = manifest.read(folder)
        assert before
        assert after
        assert after.files[: len(before.files)] == before.files
        assert len(rows_of(folder)) == Leaf.objects.count()

    def test_one_that_was_killed_goes_on_where_it_stood(
        self, office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(exporting, "PORTION", 10)
        Street(office).act()
        whole = manifest.read(sealed_export(tmp_path / "whole"))

        def killed(done: int, total: int) -> None:
            if done > 25:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export(tmp_path / "torn", killed)
        assert manifest.read(tmp_path / "torn").size == 20  # type: ignore[union-attr]
        assert export(tmp_path / "torn").fresh == Leaf.objects.count() - 20
        assert whole
        assert manifest.read(tmp_path / "torn").files == whole.files  # type: ignore[union-attr]
        assert not list((tmp_path / "torn").rglob(".*.tmp"))

    def test_people_are_marks_that_say_nothing(self, folder: Path, office: Any) -> None:
        marks = {row["person"] for row in rows_of(folder)}
        [mark] = marks - {None}
        assert len(mark) == 24
        assert "volunteer-hours" in {row["kind"] for row in rows_of(folder)}

    def test_nothing_that_people_wrote_is_exported(self, folder: Path) -> None:
        written = {"statement", "beneficiary", "note", "on_behalf_of", "recorded_by", "by", "id"}
        assert not written & set(rows_of(folder)[0])

    def test_an_empty_ledger(self, office: Any, tmp_path: Path) -> None:
        assert export(tmp_path / "export").records == 0
        with pytest.raises(Missing):
            open_export(tmp_path / "export")

    def test_costs_the_same_few_queries_for_each_portion(self, folder: Path, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(12):
            export(folder)


class TestWhatDoesNotFit:
    def test_a_changed_file_is_named(self, folder: Path) -> None:
        file = open_export(folder).records[0]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        with pytest.raises(Conflict, match=file.name):
            check(folder)

    def test_a_file_of_another_size_stops_everything(self, folder: Path) -> None:
        file = open_export(folder).records[0]
        file.write_bytes(file.read_bytes() + b"x")
        for act in (export, open_export, check):
            with pytest.raises(Conflict, match=file.name):
                act(folder)

    def test_a_lost_file_is_named(self, folder: Path) -> None:
        file = open_export(folder).records[0]
        file.unlink()
        with pytest.raises(Conflict, match=file.name):
            export(folder)

    def test_a_file_that_is_no_part_of_it_is_not_counted(self, folder: Path) -> None:
        file = open_export(folder).records[0]
        pq.write_table(pa.table({"record": [1]}), file.with_name("more.parquet"))
        export(folder)
        assert file.with_name("more.parquet") not in open_export(folder).records

    def test_another_ledger(self, folder: Path) -> None:
        kept = manifest.read(folder)
        assert kept
        kept.root = "00" * 32
        manifest.keep(folder, kept)
        with pytest.raises(Conflict, match="另一个台账"):
            export(folder)

    def test_a_folder_with_something_else_in_it(self, office: Any, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("")
        with pytest.raises(Conflict, match="空文件夹"):
            export(tmp_path)

    def test_a_manifest_that_is_none(self, folder: Path) -> None:
        (folder / "manifest.json").write_text("[]")
        with pytest.raises(Invalid, match="清单"):
            export(folder)

    def test_two_at_once(self, folder: Path) -> None:
        with exporting._alone(folder), pytest.raises(Conflict, match="另一个导出"):
            export(folder)

    def test_a_record_that_the_ledger_lost(self, office: Any, tmp_path: Path) -> None:
        make_deed(office)
        seal()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER ALL")
            cursor.execute("UPDATE ledger_leaf SET deed_id = gen_random_uuid()")
        with pytest.raises(Conflict, match="ledger verify"):
            export(tmp_path / "export")


class TestCommand:
    def test_export_and_check(self, folder: Path) -> None:
        assert json.loads(ledger("export", str(folder), "--json"))["fresh"] == 0
        assert "fits:" in ledger("export", str(folder), "--check")

    def test_a_table_names_organizations(self, folder: Path) -> None:
        said = ledger("statistics", "concentration", "scores", "--engine", "duckdb", "--from", str(folder))
        assert "top_share" in said
        assert "organization_name" in said

    def test_csv(self, folder: Path) -> None:
        said = ledger("statistics", "verification", "--by", "kind", "--csv").splitlines()
        assert said[0] == "kind,deeds,confirmed,third_party,confirmed_rate,third_party_rate"
        assert len(said) == 4

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["all", "--csv"], "CSV"),
            (["totals", "--engine", "duckdb"], "--from"),
            (["totals", "--from", "x"], "--from"),
            (["totals", "--engine", "duckdb", "--from", "nowhere"], "没有导出"),
            (["totals", "--since", "2026-03", "--until", "2026-02"], "早于"),
            (["totals", "--organization", "1"], "--office"),
            (["totals", "--by", "person"], "--by"),
            (["totals", "--since", "soon"], "neither a day"),
            (["scores", "--rules", "nothing.json"], "规则文件"),
        ],
    )
    def test_what_cannot_be_meant(self, office: Any, arguments: list[str], sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            ledger("statistics", *arguments)
