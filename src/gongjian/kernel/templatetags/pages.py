"""Small things that templates of every room say; built in, no `load` needed."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.kernel.masking import mask_name
from gongjian.kernel.permissions import may

register = template.Library()


@register.simple_tag
def allowed(account: Any, permission: str, thing: Any = None) -> bool:
    """`{% allowed user "room.verb" thing as may_do %}`"""
    return may(account, permission, thing)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "clock" %}`: one of the sprite, of which a page has dozens; `<c-icon>` is made of it. Silent without a label."""
    return _named_icon(name, label) if label else _icon(name)


@cache
def _icon(name: str) -> SafeString:
    use = format_html('<use href="{}#{}"></use>', static("vendor/icons.svg"), name)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false">{}</svg>', use)


def _named_icon(name: str, label: str) -> SafeString:
    use = format_html('<use href="{}#{}"></use>', static("vendor/icons.svg"), name)
    return format_html('<svg class="icon" role="img" aria-label="{}" focusable="false">{}</svg>', label, use)


@register.filter
def masked(name: str) -> str:
    return mask_name(str(name))


@register.filter
def plain_number(value: Decimal | int | float | None) -> str:
    """12500.00 → 12,500; 2.50 → 2.5"""
    if value is None:
        return "—"
    return f"{Decimal(str(value)).normalize():,f}"


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """2020-07-30 → 2020年7月30日 / July 30, 2020; of a moment the day in the office's time zone."""
    if value is None:
        return _("未定")
    if (get_language() or "").startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return date_format(value, "F j, Y")


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The current query string with `changes`; None removes a key."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for key, value in changes.items():
        parameters.pop(key, None)
        if value is not None:
            parameters[key] = str(value)
    return "?" + parameters.urlencode() if parameters else "?"
