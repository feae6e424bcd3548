"""What somebody tells, checked: the same for every way it comes in by."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjian.kernel import clock
from gongjian.registry.models import Office, Place
from gongjian.registry.services.people import mark
from gongjian.work.whistles.models import Category, Policy, Whistle
from gongjian.work.whistles.selectors.places import community_of, is_outside
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.services.checks import (
    checked_coordinates,
    checked_email,
    checked_past,
    checked_phone,
    checked_text,
)
from gongjian.work.whistles.wording import index, suggest


@dataclass(frozen=True)
class Report:
    """Coordinates are WGS 84 degrees, as text or numbers. `category` where the reporter chose one; nobody must.

    `said_at`: when it was said, where another register took it down before; its clocks begin when it comes in here.
    """

    text: str
    place: Place | None = None
    spot: str = ""
    latitude: Any = None
    longitude: Any = None
    name: str = ""
    phone: str = ""
    email: str = ""
    external_number: str = ""
    category: Category | None = None
    photos: Sequence[Any] = ()
    said_at: datetime | None = None


def draft(office: Office, report: Report, source: str, *, rules: Policy | None = None) -> Whistle:
    """An unsaved whistle with everything that follows from the report alone. Raises Invalid beside the wrong field.

    `rules` spares reading the office's policy for each of many.
    """
    text = checked_text(report.text)
    latitude, longitude = checked_coordinates(report.latitude, report.longitude)
    phone = checked_phone(report.phone)
    whistle = Whistle(
        office=office,
        source=source,
        external_number=report.external_number.strip()[:60],
        text=text,
        place=report.place,
        community=community_of(report.place),
        spot=report.spot.strip()[:160],
        latitude=latitude,
        longitude=longitude,
        outside=is_outside(rules or policy(), latitude, longitude),
        reporter_name=report.name.strip()[:40],
        reporter_phone=phone,
        reporter_email=checked_email(report.email),
        phone_mark=mark(phone),
        token=secrets.token_urlsafe(32),
        received_at=checked_past(report.said_at) or clock.now(),
    )
    index(whistle)
    return whistle


def choose(whistle: Whistle, category: Category | None) -> None:
    """What the reporter chose, with its grade; and what the words lead to."""
    whistle.suggestion = suggest(whistle.text)
    if category is not None:
        whistle.category, whistle.grade = category, category.grade


def origin(report: Report) -> dict[str, Any]:
    """What the happening of its receipt tells besides."""
    return {"said_at": report.said_at.isoformat()} if report.said_at else {}
