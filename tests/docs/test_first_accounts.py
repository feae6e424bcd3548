"""The command by which an operator makes the first accounts works as it is printed."""

import re
import shlex
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongjian.registry.models import Account, Office
from gongjian.registry.services.divisions import import_divisions

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"gongjian (first_accounts .*?)\n```", re.DOTALL)


def as_printed() -> list[str]:
    (command,) = COMMAND.findall((ROOT / "docs" / "operators" / "install.md").read_text(encoding="utf-8"))
    return shlex.split(command.replace("\\\n", " "))


@pytest.fixture
def said(db: None) -> str:
    import_divisions(ROOT / "demo" / "places.csv", subdistrict="410105002")
    out = StringIO()
    call_command(*as_printed(), stdout=out)
    return out.getvalue()


def test_three_administrators_stand_apart(said: str) -> None:
    held = {account.username: account.roles() for account in Account.objects.filter(office=Office.objects.get())}
    assert held == {
        "sysadmin": {"system_administrator"},
        "secadmin": {"security_administrator"},
        "auditadmin": {"audit_administrator"},
    }


def test_the_passwords_that_are_printed_open_the_door_and_must_be_changed(said: str) -> None:
    for line in said.splitlines()[1:]:
        username, _name, password = line.split("\t")
        account = Account.objects.get(username=username)
        assert account.check_password(password)
        assert account.password_changed_at is None


def test_the_office_answers_at_its_host_name(said: str) -> None:
    assert Office.objects.get().hostnames == ["gongjian.example.org"]


def test_a_second_time_it_is_refused(said: str) -> None:
    with pytest.raises(CommandError):
        call_command(*as_printed(), stdout=StringIO())
    assert Account.objects.count() == 3
