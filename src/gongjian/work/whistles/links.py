"""Where pages of this room lead to."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from gongjian.work.whistles.cycles import Cycle


def whistle_url(pk: int) -> str:
    """The page of one whistle."""
    return reverse("whistles:whistle", args=[pk])


def board_url() -> str:
    return reverse("whistles:board")


def behind(cycle: Cycle, **group: Any) -> str:
    """The whistles of a cycle behind a figure, of one group: community, lead (keys), category (code) or major (name)."""
    wanted = {name: value for name, value in group.items() if value is not None}
    if major := wanted.pop("major", None):
        wanted["category"] = f"major:{major}"
    chosen = {"state": "all", "since": cycle.first, "until": cycle.last, **wanted}
    return f"{reverse('whistles:list')}?{urlencode(chosen)}"
