"""Stars and indicators as one reads them."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.ledger.models import DeedKind, Level
from gongjian.work.ratings.scoring.blueprint import FromLedger, Measure

register = template.Library()


@register.filter
def stars(count: int) -> str:
    """★★★★; without any in words."""
    return "★" * count if count else _("无星")


@register.simple_tag
def counted(ledger: FromLedger, kinds: dict[str, DeedKind]) -> str:
    """Where an automatic indicator's number comes from."""
    kind = kinds.get(ledger.kind, ledger.kind)
    words = [
        _("台账“%(kind)s”，%(measure)s") % {"kind": kind, "measure": Measure(ledger.measure).label},
        str(Level(ledger.min_level).label),
    ]
    if ledger.months:
        words.append(ngettext("最近 %(n)d 个月", "最近 %(n)d 个月", ledger.months) % {"n": ledger.months})
    return "，".join(words)


@register.filter
def of(values: Any, key: str) -> Any:
    """`values[key]`, or None."""
    return values.get(key)
