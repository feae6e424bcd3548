"""Backup and restore, between two real installations."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation
from tests.database.installations import migrated_installation

REMEMBER = "from django.contrib.auth.models import Group; Group.objects.create(name='通信花园')"
RECALL = "from django.contrib.auth.models import Group; print(list(Group.objects.values_list('name', flat=True)))"


@pytest.fixture(scope="module")
def world() -> Iterator[Path]:
    with embedded.folder() as path:
        yield path


@pytest.fixture(scope="module")
def original(world: Path) -> Installation:
    installation = migrated_installation(world / "original")
    installation.must("shell", "--no-imports", "-c", REMEMBER)
    (installation.var / "media/2020").mkdir(parents=True)
    (installation.var / "media/2020/证据.jpg").write_bytes(b"light")
    return installation


@pytest.fixture(scope="module")
def folder(original: Installation, world: Path) -> Path:
    original.must("backup", world / "backup")
    return world / "backup"


@pytest.fixture(scope="module")
def restored(folder: Path, world: Path) -> Installation:
    installation = Installation(world / "restored")
    installation.must("restore", folder)
    return installation


class TestBackup:
    def test_admits_nobody_else(self, folder: Path) -> None:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077] == []

    def test_will_not_mix_with_what_is_there(self, original: Installation, folder: Path) -> None:
        result = original.run("backup", folder)
        assert (result.returncode, result.stderr) == (
            1,
            f"gongjian: {folder} is not empty: name a new folder for each backup.\n",
        )

    def test_will_not_go_into_what_it_is_of(self, original: Installation) -> None:
        result = original.run("backup", original.var / "backup")
        assert result.returncode == 1
        assert "lies inside" in result.stderr


class TestRestore:
    def test_brings_rows_files_and_keys_back(self, original: Installation, restored: Installation) -> None:
        assert restored.must("shell", "--no-imports", "-c", RECALL) == "['通信花园']\n"
        assert (restored.var / "media/2020/证据.jpg").read_bytes() == b"light"
        for name in ("secret_key", "field_key"):
            assert (restored.var / "keys" / name).read_text() == (original.var / "keys" / name).read_text()

    def test_brings_the_database_to_the_same_migration(self, restored: Installation) -> None:
        restored.must("migrate", "--check")

    def test_fills_only_an_empty_database(self, restored: Installation, folder: Path) -> None:
        result = restored.run("restore", folder)
        assert result.returncode == 1
        assert "restore fills only an empty installation" in result.stderr

    def test_fills_only_an_empty_folder_of_files(self, world: Path, folder: Path) -> None:
        installation = Installation(world / "with-files")
        (installation.var / "media").mkdir(parents=True)
        (installation.var / "media/mine.jpg").touch()
        result = installation.run("restore", folder)
        assert result.returncode == 1
        assert f"{installation.var}/media is not empty" in result.stderr

    def test_touches_nothing_when_the_backup_is_damaged(self, world: Path, folder: Path) -> None:
        damaged = shutil.copytree(folder, world / "damaged")
        (damaged / "media/2020/证据.jpg").write_bytes(b"Light")
        installation = Installation(world / "untouched")
        result = installation.run("restore", damaged)
        assert result.returncode == 1
        assert "media/2020/证据.jpg is not what its manifest says" in result.stderr
        assert not installation.var.exists()
