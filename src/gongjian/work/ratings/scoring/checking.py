"""Whether a blueprint can be meant. Every refusal names the indicator, dimension or level that is wrong."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import DeedKind, Level
from gongjian.work.ratings.scoring.blueprint import Blueprint, FromLedger, Indicator, Kind, Measure, StarLevel

MOST_POINTS = Decimal(1000)
MOST_WEIGHT = Decimal(10)
MOST_STARS = 7
MOST_MONTHS = 120
LONGEST_NAME = 60
MOST_DIMENSIONS, MOST_INDICATORS = 12, 100


def check(blueprint: Blueprint) -> None:
    """Raises Invalid. An unfinished blueprint passes; whether it can be used is `check_ready`."""
    if len(blueprint.dimensions) > MOST_DIMENSIONS or len(list(blueprint.indicators())) > MOST_INDICATORS:
        raise Invalid(
            _("最多 %(d)d 个方面、%(i)d 条指标。") % {"d": MOST_DIMENSIONS, "i": MOST_INDICATORS}, code="too-many", field="name"
        )
    _check_names([dimension.name for dimension in blueprint.dimensions])
    _check_names([indicator.name for indicator in blueprint.indicators()])
    units = dict(DeedKind.objects.values_list("code", "unit"))
    for indicator in blueprint.indicators():
        _check_indicator(indicator, units)
    _check_levels(blueprint)


def check_ready(blueprint: Blueprint) -> None:
    """Raises Invalid while nothing can be scored or no stars can be won."""
    if blueprint.full <= 0:
        raise Invalid(_("还没有得分的指标，先到办法里加上。"), code="no-points")
    if not blueprint.levels:
        raise Invalid(_("还没有定几星要多少分，先到办法里定。"), code="no-levels")
    for level in blueprint.levels:
        check_reachable(level, blueprint)


def _check_names(names: list[str]) -> None:
    for name in names:
        if not name.strip() or len(name) > LONGEST_NAME:
            raise Invalid(_("名称要写，最多 %(n)d 个字。") % {"n": LONGEST_NAME}, code="name", field="name")
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise Invalid(_("已经有“%(name)s”了。") % {"name": twice[0]}, code="name-twice", field="name")


def _check_indicator(indicator: Indicator, units: dict[str, str]) -> None:
    if indicator.kind not in Kind.values:
        raise Invalid(_("没有这种计分办法。"), code="kind", field="kind")
    if not 0 < indicator.weight <= MOST_WEIGHT or not _has_cents(indicator.weight):
        raise Invalid(
            _("“%(name)s”的权重要大于 0、不超过 10，最多两位小数。") % {"name": indicator.name}, code="weight", field="weight"
        )
    for points in (*(choice.points for choice in indicator.choices), *([] if indicator.cap is None else [indicator.cap])):
        _check_points(indicator, points)
    if indicator.ledger is None:
        _check_choices(indicator)
    else:
        _check_ledger(indicator, indicator.ledger, units)


def _check_points(indicator: Indicator, points: Decimal) -> None:
    if not points.is_finite() or not 0 <= points <= MOST_POINTS or not _has_cents(points):
        raise Invalid(
            _("“%(name)s”的分值在 0 到 1000 之间，最多两位小数。") % {"name": indicator.name}, code="points", field="choices"
        )


def _check_choices(indicator: Indicator) -> None:
    """Of an indicator that a person checks."""
    least = {Kind.GRADED: 2, Kind.ITEMIZED: 1, Kind.DEDUCTION: 1, Kind.VETO: 0}[Kind(indicator.kind)]
    if len(indicator.choices) < least:
        words = {2: _("“%(name)s”至少要有两档。"), 1: _("“%(name)s”至少要写一项。")}[least]
        raise Invalid(words % {"name": indicator.name}, code="choices", field="choices")
    labels = Counter(choice.label for choice in indicator.choices)
    if any(not label.strip() for label in labels) or any(times > 1 for times in labels.values()):
        raise Invalid(
            _("“%(name)s”的各档、各项要有名称，不能重样。") % {"name": indicator.name}, code="choices", field="choices"
        )
    if any(choice.at_least is not None for choice in indicator.choices):
        raise Invalid(_("“%(name)s”由人核查，档次写名称，不写数。") % {"name": indicator.name}, code="choices", field="choices")


def _check_ledger(indicator: Indicator, ledger: FromLedger, units: dict[str, str]) -> None:
    name = {"name": indicator.name}
    if ledger.kind not in units:
        raise Invalid(_("“%(name)s”：没有这种事迹。") % name, code="deed-kind", field="deed_kind")
    if ledger.measure not in Measure.values or (ledger.measure == Measure.QUANTITY and not units[ledger.kind]):
        raise Invalid(_("“%(name)s”：这种事迹不计数量，只能按条数。") % name, code="measure", field="measure")
    if ledger.min_level not in Level.values:
        raise Invalid(_("“%(name)s”：没有这个确认级别。") % name, code="level", field="min_level")
    if ledger.months is not None and not 1 <= ledger.months <= MOST_MONTHS:
        raise Invalid(_("“%(name)s”：月数在 1 到 120 之间。") % name, code="months", field="months")
    _check_ledger_points(indicator, ledger)


def _check_ledger_points(indicator: Indicator, ledger: FromLedger) -> None:
    name = {"name": indicator.name}
    if indicator.kind == Kind.GRADED:
        steps = [choice.at_least for choice in indicator.choices]
        if not steps or any(step is None or step <= 0 for step in steps) or len(set(steps)) < len(steps):
            raise Invalid(_("“%(name)s”从台账取数，每档要写满多少、得几分，不能重样。") % name, code="choices", field="choices")
        return
    if indicator.kind == Kind.VETO:
        if ledger.at_least <= 0:
            raise Invalid(_("“%(name)s”：否决的起点要大于 0。") % name, code="at-least", field="at_least")
        return
    _check_points(indicator, ledger.points)
    if ledger.points == 0:
        raise Invalid(_("“%(name)s”：每条或每单位算几分，要写。") % name, code="points", field="points")
    if indicator.kind == Kind.ITEMIZED and not indicator.cap:
        raise Invalid(_("“%(name)s”按台账加分，要写最多加几分。") % name, code="cap", field="cap")


def _check_levels(blueprint: Blueprint) -> None:
    stars = [level.stars for level in blueprint.levels]
    if any(not 1 <= one <= MOST_STARS for one in stars) or len(set(stars)) < len(stars):
        raise Invalid(_("星级从 1 到 7，每级只定一次。"), code="stars", field="stars")
    if any(one.most_percent is not None and not 0 < one.most_percent <= 100 for one in blueprint.levels):
        raise Invalid(_("比例上限在 0 到 100 之间。"), code="percent", field="most_percent")
    for higher, lower in zip(blueprint.levels, blueprint.levels[1:], strict=False):
        _check_in_order(higher, lower)


def check_reachable(level: StarLevel, blueprint: Blueprint) -> None:
    """Raises Invalid where a level asks for more than there is. While indicators are still being moved about, it may."""
    words = {"stars": level.stars}
    if not 0 <= level.total <= blueprint.full:
        raise Invalid(
            _("%(stars)d 星要的总分超过了满分 %(full)s。") % (words | {"full": f"{blueprint.full.normalize():f}"}),
            code="level-total",
            field="total",
        )
    for dimension in blueprint.dimensions:
        if not 0 <= level.dimensions.get(dimension.code, Decimal(0)) <= dimension.full:
            raise Invalid(
                _("%(stars)d 星在“%(name)s”要的分超过了满分 %(full)s。")
                % (words | {"name": dimension.name, "full": f"{dimension.full.normalize():f}"}),
                code="level-dimension",
                field=f"dimension_{dimension.code}",
            )


def _check_in_order(higher: StarLevel, lower: StarLevel) -> None:
    """More stars never ask for less: otherwise who misses the higher ones could miss the lower ones too."""
    codes = {*higher.dimensions, *lower.dimensions}
    falls = higher.total < lower.total or any(_asked(higher, code) < _asked(lower, code) for code in codes)
    if falls:
        words = {"higher": higher.stars, "lower": lower.stars}
        raise Invalid(_("%(higher)d 星要的分不能比 %(lower)d 星还低。") % words, code="level-order", field="total")
    if lower.most_percent is not None and (higher.most_percent is None or higher.most_percent > lower.most_percent):
        words = {"higher": higher.stars, "lower": lower.stars}
        raise Invalid(
            _("%(higher)d 星的比例上限不能比 %(lower)d 星的还宽。") % words, code="percent-order", field="most_percent"
        )


def _asked(level: StarLevel, code: str) -> Decimal:
    return level.dimensions.get(code, Decimal(0))


def _has_cents(number: Decimal) -> bool:
    return number == number.quantize(Decimal("0.01"))


def next_code(codes: Iterable[str], prefix: str) -> str:
    """The next free code: `i1`, `i2` …; a code once given is not given again in the same version."""
    taken = {int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdecimal()}
    return f"{prefix}{max(taken, default=0) + 1}"
