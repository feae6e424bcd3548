"""Reading the demo's data files."""

import os
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(os.environ.get("GONGJIAN_DEMO", Path(__file__).resolve().parents[3] / "demo"))

Facts = dict[str, Any]


def read(name: str) -> Facts:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def moment(day: str | date, hour: int = 10, minute: int = 0) -> datetime:
    """That hour of that day in the office's time zone."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
