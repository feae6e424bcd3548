"""How deeds are told in templates; `{% load ledger %}`."""

from typing import Any
from urllib.parse import urlencode

from django import template

from gongjian.ledger import telling
from gongjian.ledger.models import Deed

register = template.Library()
_LAYOUT = ("rows", "columns", "measure", "cursor")


@register.filter
def told_pieces(deed: Deed) -> list[telling.Piece]:
    return list(telling.pieces(deed))


@register.filter
def told_when(deed: Deed) -> str:
    return telling.when(deed)


@register.simple_tag(takes_context=True)
def narrowed(context: Any, *filters: dict[str, str]) -> str:
    """The explorer's current filter narrowed to what a cell of its pivot counts."""
    kept = {name: value for name, value in context["request"].GET.items() if name not in _LAYOUT and value}
    for wanted in filters:
        kept |= wanted
    return f"?{urlencode(kept)}#deeds"
