"""How deeds are told in templates; `{% load ledger %}`."""

from django import template

from gongjian.ledger import telling
from gongjian.ledger.models import Deed

register = template.Library()


@register.filter
def told_pieces(deed: Deed) -> list[telling.Piece]:
    return list(telling.pieces(deed))


@register.filter
def told_when(deed: Deed) -> str:
    return telling.when(deed)
