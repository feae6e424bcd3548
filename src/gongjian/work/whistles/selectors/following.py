"""What somebody without an account may know: their own whistle by its link, and how many are open."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.work.whistles.models import OPEN_STATES, Happening, Photo, Whistle


def follow(token: str) -> Whistle:
    """By its secret token. Raises Missing."""
    rows = Whistle.objects.select_related(
        "category", "place", "community", "lead", "merged_into__lead", "merged_into__category"
    )
    whistle = rows.filter(token=token).exclude(state__in=("draft", "pending")).first()
    if whistle is None:
        raise Missing(_("没有找到：请核对链接是否完整。"))
    return whistle


def open_whistle(pk: int) -> Whistle:
    """One that a neighbor may join. Raises Missing."""
    whistle = Whistle.objects.filter(pk=pk).exclude(state__in=("draft", "pending")).first()
    if whistle is None:
        raise Missing(_("没有这件哨。"))
    return whistle


def public_photo(whistle: Whistle, photo: int) -> Photo:
    """Raises Missing for one of another whistle."""
    found: Photo | None = whistle.photos.select_related("evidence").filter(pk=photo).first()
    if found is None:
        raise Missing(_("没有这张照片。"))
    return found


def public_happenings(whistle: Whistle) -> list[Happening]:
    """Newest first; who did it stays inside."""
    return list(whistle.happenings.filter(public=True).order_by("-at", "-pk"))


def open_by_community() -> list[dict[str, Any]]:
    """How many are open in each community, most first: {"name", "open"}. No words of anybody."""
    named = Whistle.objects.filter(state__in=OPEN_STATES, community__isnull=False)
    rows = named.values("community__name").annotate(open=Count("pk")).order_by("-open", "community__name")
    return [{"name": row["community__name"], "open": row["open"]} for row in rows]
