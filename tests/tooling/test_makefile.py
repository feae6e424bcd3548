"""What `make` passes on."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str) -> str:
    """Without what an outer `make test` would hand down."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment).stdout.strip()


class TestMake:
    def test_alone_lists_its_targets(self) -> None:
        listed = make()
        for target in ("demo", "test", "lint", "format", "bench", "docs", "messages", "clean"):
            assert f"make {target} " in listed

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], "demo --port 8000"),
            (["PORT=8080"], "demo --port 8080"),
            (["RESET=1"], "demo --port 8000 --reset"),
            (["RESET=0"], "demo --port 8000"),
            (["SERVE=0"], "demo --port 8000  --no-serve"),
            (["SERVE=1"], "demo --port 8000"),
        ],
    )
    def test_demo_passes_its_options_on(self, arguments: list[str], expected: str) -> None:
        assert make("--dry-run", "demo", *arguments) == f"python3 tools/setup.py {expected}"

    def test_clean_spares_the_data_unless_asked(self) -> None:
        assert make("--dry-run", "clean") == "python3 tools/setup.py clean"
        assert make("--dry-run", "clean", "ALL=1") == "python3 tools/setup.py clean --all"


def test_no_lock_file_names_a_package_host() -> None:
    requirements = {path.name: path.read_text() for path in (ROOT / "requirements").glob("*.txt")}
    assert [name for name, text in requirements.items() if "://" in text or "--index-url" in text] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
