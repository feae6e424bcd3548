"""What a rule set is: plain values, so that an edited one can be tried out before it is saved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, RuleSetVersion
from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import DeedKind
from gongjian.ledger.statistics.points import Rule, check_rule, example_rules, read_number, read_rule, rules_of


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
        return {kind.code: rules_of(self.rules, kind) for kind in kinds}

    def as_json(self) -> dict[str, Any]:
        return {
            "rules": [{k: str(v) if isinstance(v, Decimal) else v for k, v in asdict(rule).items()} for rule in self.rules],
            "veto_reasons": list(self.veto_reasons),
            "most_reversed_percent": None if self.most_reversed_percent is None else str(self.most_reversed_percent),
        }


def default_rule_set() -> RuleSet:
    """An example to begin with."""
    return RuleSet(
        rules=example_rules(),
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
    rules = tuple(read_rule(values) for values in content.get("rules", []))
    reversed_percent = read_number(content.get("most_reversed_percent"), _("冲正比例"))
    return RuleSet(rules, tuple(content.get("veto_reasons", [])), reversed_percent, number)


def current_rule_set(campaign: Campaign) -> RuleSet:
    version = RuleSetVersion.objects.filter(campaign=campaign).order_by("-number").first()
    return RuleSet() if version is None else read(version.content, number=version.number)


def check(rule_set: RuleSet) -> None:
    """Raises Invalid for rules that cannot be meant."""
    units = dict(DeedKind.objects.values_list("code", "unit"))
    for rule in rule_set.rules:
        check_rule(rule, units)
    twice = [key for key, times in Counter(rule.key for rule in rule_set.rules).items() if times > 1]
    if twice:
        raise Invalid(_("同一种事迹有两条同样的规则：%(key)s。") % {"key": twice[0]}, code="rule-twice", field="rules")
    share = rule_set.most_reversed_percent
    if share is not None and not 0 <= share <= 100:
        raise Invalid(_("冲正比例在 0 到 100 之间。"), code="percent", field="most_reversed_percent")
