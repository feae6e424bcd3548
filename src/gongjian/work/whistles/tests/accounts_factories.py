"""Whistles with their end written down directly, where a test counts many of them."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjian.kernel import clock
from gongjian.work.whistles.models import Revisit, Whistle
from gongjian.work.whistles.tests.factories import make_category, make_whistle


def at(text: str) -> datetime:
    """`2026-10-01 09:00` in the office's time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


def blown(moment: str, **changes: Any) -> Whistle:
    """Blown then, in a category; `changes` are written past the services."""
    place = changes.pop("place", None)
    with clock.set_to(at(moment)):
        whistle = make_whistle(**({"place": place} if place else {}))
    changes = {"blown_at": at(moment), "category": make_category()} | changes
    Whistle.objects.filter(pk=whistle.pk).update(**changes)
    whistle.refresh_from_db()
    return whistle


def revisited(whistle: Whistle, said: str, *, contacted: bool = True, solved: bool = True, **more: Any) -> Revisit:
    more = {"means": "phone", "valid": True, "at": clock.now()} | more
    revisit: Revisit = Revisit.objects.create(whistle=whistle, contacted=contacted, solved=solved, satisfaction=said, **more)
    return revisit
