import json
from pathlib import Path

import pytest

from gongjian.operations.errors import OperationError
from gongjian.operations.manifest import NAME, verify_manifest, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "media/合同").mkdir(parents=True)
    (tmp_path / "database.dump").write_bytes(b"deeds")
    (tmp_path / "media/合同/photo.jpg").write_bytes(b"light")
    write_manifest(tmp_path)
    return tmp_path


class TestVerifyManifest:
    def test_counts_the_files_of_an_untouched_backup(self, folder: Path) -> None:
        assert verify_manifest(folder) == 2

    def test_names_a_changed_file(self, folder: Path) -> None:
        (folder / "database.dump").write_bytes(b"Deeds")
        with pytest.raises(OperationError, match=r"damaged: database\.dump"):
            verify_manifest(folder)

    def test_names_a_missing_file(self, folder: Path) -> None:
        (folder / "media/合同/photo.jpg").unlink()
        with pytest.raises(OperationError, match=r"incomplete: media/合同/photo\.jpg"):
            verify_manifest(folder)

    def test_names_a_file_that_was_added(self, folder: Path) -> None:
        (folder / "keys.txt").touch()
        with pytest.raises(OperationError, match=r"changed: keys\.txt"):
            verify_manifest(folder)

    def test_refuses_a_backup_that_was_cut_short(self, folder: Path) -> None:
        (folder / NAME).unlink()
        with pytest.raises(OperationError, match="no complete backup"):
            verify_manifest(folder)

    def test_refuses_a_format_of_the_future(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps({"format": 2, "files": {}}))
        with pytest.raises(OperationError, match="format 2"):
            verify_manifest(folder)

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "files": 3}'])
    def test_says_when_the_manifest_is_unreadable(self, folder: Path, text: str) -> None:
        (folder / NAME).write_text(text)
        with pytest.raises(OperationError, match="cannot be read"):
            verify_manifest(folder)
