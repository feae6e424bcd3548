"""Makers of channels and notices, over the services."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from gongjian.kernel.notifications.models import Channel, Notice
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.notifications.services import add_channel
from gongjian.kernel.notifications.waking import DELIVER

WHERE = {"place": "一号楼", "number": "7"}


def make_channel(owner: Any, url: str = "file://", *, actor: Any = None, **details: Any) -> Channel:
    return add_channel(actor or owner, owner=owner, name=details.pop("name", "值班群"), url=url, **details)


def tell(*recipients: Any, **details: Any) -> list[Notice]:
    return notify(recipients, details.pop("kind", "lamps.broken"), details.pop("context", WHERE), **details)


def at(hour: int, minute: int = 0, *, day: int = 1) -> datetime:
    """A moment of May 2026 on the office's clock."""
    return datetime(2026, 5, day, hour, minute, tzinfo=timezone.get_default_timezone())


def jobs() -> Any:
    return ProcrastinateJob.objects.filter(task_name=DELIVER)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
