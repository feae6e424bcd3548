from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate
from gongjian.kernel.tests.notifications.receivers import Mailbox, WebService, smtp_server, web_service

NOTICES = {
    "lamps.broken": NoticeTemplate(_("投诉建议"), "%(place)s 的灯坏了，编号 %(number)s"),
    "lamps.mended": NoticeTemplate("灯修好了", "100% 亮"),
}


@pytest.fixture(autouse=True)
def lamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that tells of lamps."""
    monkeypatch.setattr(apps.get_app_config("registry"), "notices", NOTICES)


@pytest.fixture(autouse=True)
def written(settings: Any, tmp_path: Path) -> Path:
    """Where the test channel writes."""
    settings.NOTIFICATIONS_FILE = tmp_path / "notifications.jsonl"
    return tmp_path / "notifications.jsonl"


@pytest.fixture
def this_machine(settings: Any) -> None:
    settings.NOTIFICATION_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def mailbox(this_machine: None) -> Iterator[Mailbox]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def service(this_machine: None) -> Iterator[WebService]:
    with web_service() as server:
        yield server
