"""Events, and how they are written by RFC 5545."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongjian.kernel import clock

TYPE = "text/calendar; charset=utf-8"
REFRESHED = timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """`start` and `end` are aware moments or dates, the end exclusive; `key` stays the same for the same thing."""

    key: str
    title: Any
    start: datetime | date
    end: datetime | date | None = None
    place: str = ""
    detail: str = ""
    url: str = ""
    canceled: bool = False


@dataclass(frozen=True)
class Feed:
    """What an account may see of one calendar."""

    title: Any
    events: Iterable[Event] = field(default_factory=tuple)


def ical(feed: Feed, *, site: str = "") -> bytes:
    """The calendar as a file; `site` (scheme and host) completes the events' addresses and makes their keys unique on earth."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Gongjian//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(feed.title))
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    for event in feed.events:
        calendar.add_component(_written(event, site))
    return bytes(calendar.to_ical())


def ical_answer(feed: Feed, *, site: str = "", name: str = "gongjian") -> HttpResponse:
    answer = HttpResponse(ical(feed, site=site), content_type=TYPE)
    answer.headers["Content-Disposition"] = str(content_disposition_header(False, f"{name}.ics"))  # noqa: FBT003
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _written(event: Event, site: str) -> Any:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"{event.key}@{site.partition('://')[2] or 'gongjian'}")
    entry.add("dtstamp", clock.now())
    entry.add("summary", str(event.title))
    entry.add("dtstart", event.start)
    for name, value in {"dtend": event.end, "location": event.place, "description": event.detail}.items():
        if value:
            entry.add(name, value)
    if event.url:
        entry.add("url", f"{site}{event.url}" if event.url.startswith("/") else event.url)
    if event.canceled:
        entry.add("status", "CANCELLED")
    return entry
