"""The doctor, at a real installation."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from gongjian.kernel.tests import embedded
from gongjian.operations.tests.gongjian_command import Installation


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with embedded.folder() as path:
        yield Installation(path / "var")


def examine(installation: Installation) -> dict[str, Any]:
    return {found["check"]: found for found in json.loads(installation.run("doctor", "--json").stdout)}


class TestDoctor:
    def test_asks_for_what_a_new_installation_lacks(self, installation: Installation) -> None:
        found = examine(installation)
        assert found["database is reachable"]["ok"] is True
        assert found["migrations are applied"]["ok"] is False
        assert found["migrations are applied"]["remedy"] == "Run: gongjian migrate"
        assert found["static files are collected"]["ok"] is False

    def test_exits_with_1_and_says_how_to_mend(self, installation: Installation) -> None:
        result = installation.run("doctor")
        assert result.returncode == 1
        assert "    → Run: gongjian migrate\n" in result.stdout

    def test_is_content_once_all_is_mended(self, installation: Installation) -> None:
        installation.must("migrate", "--verbosity=0")
        (installation.var / "static").mkdir()
        (installation.var / "static/staticfiles.json").touch()
        said = installation.must("doctor")
        assert said.rstrip().endswith("All is well. 一切正常。")

    def test_notices_keys_that_others_can_read(self, installation: Installation) -> None:
        key = installation.var / "keys/field_key"
        key.chmod(0o644)
        found = examine(installation)["private files are private"]
        key.chmod(0o600)
        assert (found["ok"], found["remedy"]) == (False, f"Run: chmod go= {key}")

    def test_survives_a_database_that_is_away(self, installation: Installation) -> None:
        away = Installation(installation.var)
        away.environment["DATABASE_URL"] = "postgresql://somebody@127.0.0.1:1/nowhere?connect_timeout=2"
        found = examine(away)
        assert found["database is reachable"]["ok"] is False
        assert found["python is recent"]["ok"] is True
