"""A count as pages and papers show it: the rule, both sides of every test, and what each choice weighs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjian.work.projects.printed import result_json
from gongjian.work.projects.voting.counting import Result
from gongjian.work.projects.voting.models import Ballot, Motion


@dataclass(frozen=True)
class Side:
    """By area or by heads: `part` of `whole`, `percent` cut and never rounded up."""

    name: str
    part: str
    whole: str
    percent: str
    needed: str
    met: bool


@dataclass(frozen=True)
class Count:
    """`weights`: (what, area, heads)."""

    motion: Motion
    rule: str
    weights: list[tuple[str, str, int]]
    tests: list[tuple[str, str, list[Side]]]
    split: int
    not_counted: list[dict[str, Any]]
    passed: bool


def shown(motion: Motion, result: Result | None = None) -> Count:
    """As it was locked, or as it stands."""
    content: dict[str, Any] = motion.counted if result is None else result_json(result)  # type: ignore[assignment]
    names = [(_("应参加"), "everybody"), (_("参加"), "taking_part")]
    names += [(str(label), str(code)) for code, label in Ballot.Choice.choices]
    return Count(
        motion=motion,
        rule=_rule(content["rule"]["code"]),
        weights=[(name, content[code]["area"], content[code]["heads"]) for name, code in names],
        tests=[(_test_name(test["name"]), _needed(test["needed"]), _sides(test)) for test in content["tests"]],
        split=len(content["split"]),
        not_counted=content["not_counted"],
        passed=content["passed"],
    )


def _rule(code: str) -> str:
    rules = {"civil-code-278": _("《民法典》第二百七十八条"), "property-law-76": _("《物权法》第七十六条")}
    return rules[code]


def _test_name(name: str) -> str:
    return {"taking_part": _("参加表决的"), "agreeing": _("同意的")}[name]


def _needed(needed: str) -> str:
    shares = {"2/3": _("三分之二"), "3/4": _("四分之三"), "1/2": _("半数")}
    sign, share = needed.split(" ")
    words = _("超过%(share)s") if sign == ">" else _("不少于%(share)s")
    return words % {"share": shares[share]}


def _sides(test: dict[str, Any]) -> list[Side]:
    named = (("area", _("面积（平方米）")), ("heads", _("人数")))
    keys = ("part", "whole", "percent", "needed", "met")
    return [Side(name, *(test[side][key] for key in keys)) for side, name in named]
