"""What a rule of scoring is, and what deeds are worth by it: plain values, shared by campaigns and statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import Level
from gongjian.ledger.models.deeds import Category

MOST = Decimal(1_000_000)


class Kind(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def category(self) -> str: ...


@dataclass(frozen=True)
class Rule:
    """Points for the deeds of one kind, or of the kinds of a category that have no rule of their own.

    `points` for each deed or for each unit of quantity; at most `cap` for a candidate; then times `weight`. Deeds below
    `min_level` do not count.
    """

    kind: str = ""
    category: str = ""
    per: str = "deed"
    points: Decimal = Decimal(1)
    cap: Decimal | None = None
    min_level: int = Level.COMMUNITY
    weight: Decimal = Decimal(1)

    @property
    def key(self) -> str:
        """Names the rule within its rule set."""
        return f"{self.kind or self.category}:{self.per}"

    def worth(self, deeds: int, quantity: Decimal) -> tuple[Decimal, bool]:
        """The points for that much, and whether the cap cut them."""
        full = self.points * (quantity if self.per == "unit" else deeds)
        capped = self.cap is not None and full > self.cap
        return ((self.cap if capped and self.cap is not None else full) * self.weight).quantize(Decimal("0.01")), capped


def rules_of(rules: Sequence[Rule], kind: Kind) -> list[Rule]:
    """Which rules weigh the deeds of a kind: its own, or those of its category."""
    return [rule for rule in rules if rule.kind == kind.code] or [rule for rule in rules if rule.category == kind.category]


def example_rules() -> tuple[Rule, ...]:
    """A point for each confirmed deed, at most twenty in a category."""
    return tuple(Rule(category=category, cap=Decimal(20)) for category in Category.values if category != Category.OTHER)


def read_rule(values: Mapping[str, Any]) -> Rule:
    """Raises Invalid where a number is none."""
    return Rule(
        kind=str(values.get("kind", "")),
        category=str(values.get("category", "")),
        per=str(values.get("per", "deed")),
        points=read_number(values.get("points", 1), _("分值")) or Decimal(0),
        cap=read_number(values.get("cap"), _("上限")),
        min_level=int(values.get("min_level", Level.COMMUNITY)),
        weight=Decimal(1) if (weight := read_number(values.get("weight", 1), _("权重"))) is None else weight,
    )


def read_number(value: Any, name: str) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise Invalid(_("%(name)s要写数字。") % {"name": name}, code="not-a-number", field="rules") from error


def check_rule(rule: Rule, units: Mapping[str, str]) -> None:
    """Raises Invalid for a rule that cannot be meant. `units`: those of all kinds, by code."""
    _check_target(rule, units)
    _check_amounts(rule)


def _check_target(rule: Rule, units: Mapping[str, str]) -> None:
    if bool(rule.kind) == bool(rule.category):
        raise Invalid(_("每条规则对应一种事迹或者一个大类，二选一。"), code="rule-target", field="rules")
    if (rule.kind and rule.kind not in units) or (rule.category and rule.category not in Category.values):
        raise Invalid(_("没有这种事迹：%(key)s。") % {"key": rule.key}, code="rule-target", field="rules")
    if rule.per == "unit" and not units.get(rule.kind):
        raise Invalid(_("“%(key)s”不计数量，只能按条计分。") % {"key": rule.key}, code="rule-per", field="rules")
    if rule.per not in ("unit", "deed"):
        raise Invalid(_("按条或者按数量计分，二选一。"), code="rule-per", field="rules")


def _check_amounts(rule: Rule) -> None:
    amounts = (rule.points, rule.weight, *([rule.cap] if rule.cap is not None else []))
    if any(not amount.is_finite() or not 0 <= amount <= MOST for amount in amounts):
        raise Invalid(
            _("“%(key)s”的分值、上限和权重不能是负数，也不能过大。") % {"key": rule.key}, code="rule-points", field="rules"
        )
    if rule.min_level not in Level.values:
        raise Invalid(_("没有这个确认级别。"), code="rule-level", field="rules")
