"""Where pages of this room lead to."""

from django.urls import NoReverseMatch, reverse


def whistle_url(pk: int) -> str:
    """The page of one whistle."""
    try:
        return reverse("whistles:whistle", args=[pk])
    except NoReverseMatch:
        return f"/whistles/{pk}/"


def board_url() -> str:
    try:
        return reverse("whistles:board")
    except NoReverseMatch:
        return "/whistles/"
