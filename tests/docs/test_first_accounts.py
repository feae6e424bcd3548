"""The script by which an operator makes the first accounts works as it is printed."""

import re
from pathlib import Path

import pytest

from gongjian.registry.models import Account, Office
from gongjian.registry.services.divisions import import_divisions

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def installation(db: None) -> Office:
    import_divisions(ROOT / "demo" / "places.csv", subdistrict="410105002")
    (script,) = SCRIPT.findall((ROOT / "docs" / "operators" / "install.md").read_text(encoding="utf-8"))
    exec(compile(script, "first.py", "exec"), {})
    return Office.objects.get()


def test_three_administrators_stand_apart(installation: Office) -> None:
    held = {account.username: account.roles() for account in Account.objects.filter(office=installation)}
    assert held == {
        "sysadmin": {"system_administrator"},
        "secadmin": {"security_administrator"},
        "auditadmin": {"audit_administrator"},
    }


def test_their_first_password_must_be_changed(installation: Office) -> None:
    assert not Account.objects.filter(password_changed_at__isnull=False)


def test_the_office_answers_at_its_host_name(installation: Office) -> None:
    assert installation.hostnames == ["gongjian.example.org"]
