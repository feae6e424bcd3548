"""What a listing and a claim must satisfy. Each check raises with the sentence for the person who typed it."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.quantities import CHINESE, WHOLE_UNITS
from gongjian.work.cobuilding.kinds import DEEDS, Condition, Kind, Weekday, units_of

MOST = Decimal("1_000_000_000")


def check_kind_and_unit(kind: str, unit: str) -> None:
    if kind not in Kind.values:
        raise Invalid(_("请选类别。"), code="kind", field="kind")
    if (kind, unit) not in DEEDS:
        units = "、".join(CHINESE[one] for one in units_of(kind))
        sentence = _("“%(kind)s”按这些单位计：%(units)s。") % {"kind": Kind(kind).label, "units": units}
        raise Invalid(sentence, code="unit", field="unit")


def check_quantity(quantity: Decimal, unit: str, *, field: str = "quantity") -> None:
    if not quantity.is_finite() or quantity <= 0:
        raise Invalid(_("数量要大于零。"), code="quantity-not-positive", field=field)
    if quantity > MOST:
        raise Invalid(_("数量大得不合常理，请核对。"), code="quantity-absurd", field=field)
    if unit in WHOLE_UNITS and quantity != quantity.to_integral_value():
        raise Invalid(_("这个单位没有小数，请写整数。"), code="quantity-fraction", field=field)
    if quantity != quantity.quantize(Decimal("0.01")):
        raise Invalid(_("数量最多写两位小数。"), code="quantity-precision", field=field)


def check_at_least(at_least: Decimal | None, quantity: Decimal, unit: str) -> None:
    if at_least is None:
        return
    check_quantity(at_least, unit, field="at_least")
    if at_least > quantity:
        raise Invalid(_("“一次至少”比总数还多。"), code="at-least", field="at_least")


def check_title(title: str) -> None:
    if len(title.strip()) < 2:
        raise Invalid(_("请写一个看得懂的名称。"), code="title-missing", field="title")


def check_window(
    from_day: date, until_day: date | None, weekdays: Sequence[int], hours_from: time | None, hours_to: time | None
) -> None:
    if until_day is not None and until_day < from_day:
        raise Invalid(_("结束的日子早于开始的日子。"), code="days-reversed", field="until_day")
    if until_day is not None and until_day < clock.today():
        raise Invalid(_("结束的日子已经过去了。"), code="in-past", field="until_day")
    if any(number not in Weekday.values for number in weekdays):
        raise Invalid(_("请选周一到周日。"), code="weekdays", field="weekdays")
    if (hours_from is None) != (hours_to is None):
        raise Invalid(_("几点起、几点止要一起写，或者都空着。"), code="hours", field="hours_to")
    if hours_from is not None and hours_to is not None and hours_to <= hours_from:
        raise Invalid(_("结束的时间要晚于开始的时间。"), code="hours-reversed", field="hours_to")


def check_conditions(conditions: Sequence[str]) -> None:
    if any(code not in Condition.values for code in conditions):
        raise Invalid(_("请从给出的条件里选。"), code="conditions", field="conditions")


def checked_words(words: str, *, field: str, sentence: str) -> str:
    """Raises Invalid with `sentence` for nothing or next to nothing."""
    if len(words.strip()) < 2:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    return words.strip()[:300]
