"""What a deed must satisfy before it is recorded. Each check raises Invalid with the sentence for the person who typed it."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.quantities import WHOLE_UNITS
from gongjian.ledger.models import DeedKind

EARLIEST = date(1949, 10, 1)
MOST = Decimal("10_000_000_000")


def check_dates(first: date, last: date) -> None:
    if last < first:
        raise Invalid(_("结束日期早于开始日期。"), code="dates-reversed", field="occurred_to")
    if last > clock.today():
        raise Invalid(_("事情还没有发生：结束日期在今天之后。"), code="in-future", field="occurred_to")
    if first < EARLIEST:
        raise Invalid(_("开始日期早于 1949 年 10 月 1 日，请核对年份。"), code="too-early", field="occurred_from")


def check_quantity(kind: DeedKind, quantity: Decimal | None) -> None:
    if kind.unit and quantity is None:
        raise Invalid(_("“%(kind)s”要写数量。") % {"kind": kind}, code="quantity-missing", field="quantity")
    if quantity is None:
        return
    if not kind.unit:
        raise Invalid(_("“%(kind)s”不计数量，请把数量留空。") % {"kind": kind}, code="not-counted", field="quantity")
    if not quantity.is_finite() or quantity <= 0:
        raise Invalid(_("数量要大于零。要冲减，请用“更正”。"), code="quantity-not-positive", field="quantity")
    if quantity > MOST:
        raise Invalid(_("数量大得不合常理，请核对。"), code="quantity-absurd", field="quantity")
    if kind.unit in WHOLE_UNITS and quantity != quantity.to_integral_value():
        raise Invalid(_("这个单位没有小数，请写整数。"), code="quantity-fraction", field="quantity")
    if quantity != quantity.quantize(Decimal("0.01")):
        raise Invalid(_("数量最多写两位小数。"), code="quantity-precision", field="quantity")


def check_statement(statement: str) -> None:
    if len(statement.strip()) < 4:
        raise Invalid(_("请用一句话写清楚做了什么。"), code="statement-missing", field="statement")
    if len(statement) > 500:
        raise Invalid(_("一条事迹不超过 500 字。"), code="statement-too-long", field="statement")
    if _unprintable(statement):
        raise Invalid(_("事迹里有不能显示的字符，请删去后再记。"), code="statement-characters", field="statement")


def check_beneficiary(beneficiary: str) -> None:
    if len(beneficiary) > 120:
        raise Invalid(_("受益方不超过 120 字。"), code="beneficiary-too-long", field="beneficiary")
    if _unprintable(beneficiary):
        raise Invalid(_("受益方里有不能显示的字符，请删去后再记。"), code="beneficiary-characters", field="beneficiary")


def _unprintable(text: str) -> bool:
    """Control characters other than line break and tab, and halves of characters that no database stores."""
    return any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in text)
