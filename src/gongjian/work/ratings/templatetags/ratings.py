"""Stars and indicators as one reads them."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import DeedKind, Level
from gongjian.work.ratings.scoring.blueprint import FromLedger, Kind, Measure
from gongjian.work.ratings.scoring.computing import Line, Part

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


@register.simple_tag
def explained(line: Line, kinds: dict[str, DeedKind]) -> str:
    """How a line came to its points, as one would work it out by hand."""
    if line.missing:
        return _("还没有查")
    if line.kind == Kind.VETO:
        return _veto(line, kinds)
    words = [_amount(line, kinds)] if line.amount is not None else []
    if line.parts:
        words.append(" + ".join(_part(part, line) for part in line.parts))
        if len(line.parts) > 1 or _multiplies(line.parts[0], line):
            words[-1] += f" = {_plain(line.raw)}"
    else:
        words.append(_("没有得分的") if line.kind != Kind.DEDUCTION else _("没有扣分的"))
    if line.is_capped and line.cap is not None:
        words.append(_("封顶 %(n)s") % {"n": _plain(line.cap)})
    if line.weight != 1:
        words.append(_("乘权重 %(n)s") % {"n": _plain(line.weight)})
    return "，".join(words)


def _part(part: Part, line: Line) -> str:
    if part.at_least is not None:
        return _("满 %(n)s 得 %(points)s") % {"n": _plain(part.at_least), "points": _plain(part.points)}
    if _multiplies(part, line):
        return f"{part.label} {_plain(part.times)} × {_plain(part.points)}".strip()
    return f"{part.label} {_plain(part.points)}"


def _multiplies(part: Part, line: Line) -> bool:
    return part.at_least is None and (line.kind == Kind.DEDUCTION or line.amount is not None)


def _amount(line: Line, kinds: dict[str, DeedKind]) -> str:
    kind, amount = kinds.get(line.deed_kind), line.amount or Decimal(0)
    if line.measure == Measure.QUANTITY and kind:
        return _("台账合计 %(amount)s") % {"amount": Quantity(amount, kind.unit)}
    return ngettext("台账 %(n)d 条", "台账 %(n)d 条", int(amount)) % {"n": int(amount)}


def _veto(line: Line, kinds: dict[str, DeedKind]) -> str:
    if line.amount is not None:
        limit = line.parts[0].at_least or Decimal(0)
        return _("%(amount)s，满 %(n)s 就否决") % {"amount": _amount(line, kinds), "n": _plain(limit)}
    return _("有：%(why)s") % {"why": line.why} if line.vetoed else _("没有")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
