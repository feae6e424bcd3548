"""How deeds are told in templates; `{% load ledger %}`."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.kernel.templatetags.pages import plain_number
from gongjian.ledger import telling
from gongjian.ledger.models import Deed
from gongjian.ledger.views.pivot_links import Number

register = template.Library()


@register.filter
def told_pieces(deed: Deed) -> list[telling.Piece]:
    return list(telling.pieces(deed))


@register.filter
def told_when(deed: Deed) -> str:
    return telling.when(deed)


@register.filter
def percent(share: Decimal | None) -> str:
    """A share from 0 to 1 in per cent with one decimal."""
    return "–" if share is None else f"{share * 100:.1f}%"


@register.simple_tag
def number_cells(numbers: Iterable[Number]) -> SafeString:
    """A pivot has a thousand of them, for each of which a template's loop would cost more than the sum that it shows."""
    return format_html_join("", '<td class="figures-cell">{}</td>', ((_number(number),) for number in numbers))


def _number(number: Number) -> str:
    if not number.value:
        return _NOTHING
    shown = plain_number(number.value)
    return format_html('<a href="{}">{}</a>', number.href, shown) if number.href else shown


_NOTHING = format_html('<span class="text-secondary">{}</span>', "·")
