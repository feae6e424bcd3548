"""What a rule set is: plain values, so that an edited one can be tried out before it is saved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, RuleSetVersion
from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import DeedKind, Level
from gongjian.ledger.models.deeds import Category

MOST = Decimal(1_000_000)


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


@dataclass(frozen=True)
class RuleSet:
    """`veto_reasons` are found by a person. `most_reversed_percent` shuts out by itself whoever had more deeds reversed."""

    rules: tuple[Rule, ...] = ()
    veto_reasons: tuple[str, ...] = ()
    most_reversed_percent: Decimal | None = None
    number: int = 0

    def rule(self, key: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.key == key), None)

    def by_kind(self, kinds: Sequence[DeedKind]) -> dict[str, list[Rule]]:
        """Which rules weigh the deeds of each kind."""
        own = {kind.code: [rule for rule in self.rules if rule.kind == kind.code] for kind in kinds}
        return {k.code: own[k.code] or [rule for rule in self.rules if rule.category == k.category] for k in kinds}

    def as_json(self) -> dict[str, Any]:
        return {
            "rules": [{k: str(v) if isinstance(v, Decimal) else v for k, v in asdict(rule).items()} for rule in self.rules],
            "veto_reasons": list(self.veto_reasons),
            "most_reversed_percent": None if self.most_reversed_percent is None else str(self.most_reversed_percent),
        }


def default_rule_set() -> RuleSet:
    """An example to begin with: a point for each confirmed deed, at most twenty in a category."""
    return RuleSet(
        rules=tuple(Rule(category=category, cap=Decimal(20)) for category in Category.values if category != Category.OTHER),
        veto_reasons=(
            _("近两年受到党纪政务处分或者刑事处罚"),
            _("发生较大以上安全生产责任事故"),
            _("弄虚作假"),
        ),
    )


def rule_set_from(content: Mapping[str, Any]) -> RuleSet:
    """What somebody typed. Raises Invalid, naming the rule that cannot be meant."""
    typed = read(content)
    check(typed)
    return typed


def read(content: Mapping[str, Any], *, number: int = 0) -> RuleSet:
    """What was saved, and checked then."""
    rules = tuple(_rule(values) for values in content.get("rules", []))
    reversed_percent = _number(content.get("most_reversed_percent"), _("冲正比例"))
    return RuleSet(rules, tuple(content.get("veto_reasons", [])), reversed_percent, number)


def current_rule_set(campaign: Campaign) -> RuleSet:
    version = RuleSetVersion.objects.filter(campaign=campaign).order_by("-number").first()
    return RuleSet() if version is None else read(version.content, number=version.number)


def check(rule_set: RuleSet) -> None:
    """Raises Invalid for rules that cannot be meant."""
    units = dict(DeedKind.objects.values_list("code", "unit"))
    for rule in rule_set.rules:
        _check_target(rule, units)
        _check_amounts(rule)
    twice = [key for key, times in Counter(rule.key for rule in rule_set.rules).items() if times > 1]
    if twice:
        raise Invalid(_("同一种事迹有两条同样的规则：%(key)s。") % {"key": twice[0]}, code="rule-twice", field="rules")
    share = rule_set.most_reversed_percent
    if share is not None and not 0 <= share <= 100:
        raise Invalid(_("冲正比例在 0 到 100 之间。"), code="percent", field="most_reversed_percent")


def _check_target(rule: Rule, units: dict[str, str]) -> None:
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


def _rule(values: Mapping[str, Any]) -> Rule:
    return Rule(
        kind=str(values.get("kind", "")),
        category=str(values.get("category", "")),
        per=str(values.get("per", "deed")),
        points=_number(values.get("points", 1), _("分值")) or Decimal(0),
        cap=_number(values.get("cap"), _("上限")),
        min_level=int(values.get("min_level", Level.COMMUNITY)),
        weight=Decimal(1) if (weight := _number(values.get("weight", 1), _("权重"))) is None else weight,
    )


def _number(value: Any, name: str) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise Invalid(_("%(name)s要写数字。") % {"name": name}, code="not-a-number", field="rules") from error
