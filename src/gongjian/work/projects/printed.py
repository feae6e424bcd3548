"""Results as JSON: amounts and areas as texts, so that no reader makes floats of them; shares exact and in percent."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

from gongjian.work.projects.elevators.shares import Share
from gongjian.work.projects.settling.sheet import Line, Part, Settlement
from gongjian.work.projects.voting.ballots import NotCounted
from gongjian.work.projects.voting.counting import Result, Test, Weight
from gongjian.work.projects.voting.regimes import Majority


def result_json(result: Result) -> dict[str, Any]:
    return {
        "rule": {"code": result.regime.code, "source": str(result.regime.source)},
        "everybody": _weight(result.everybody),
        "taking_part": _weight(result.taking_part),
        **{str(choice): _weight(weight) for choice, weight in result.choices.items()},
        "tests": [_test(test) for test in result.tests],
        "split": [list(holding.holder) for holding in result.split],
        "not_counted": [_not_counted(one) for one in result.not_counted],
        "passed": result.is_passed,
    }


def settlement_json(settlement: Settlement) -> dict[str, Any]:
    return {
        "tenant": settlement.lease.tenant,
        "premises": settlement.lease.premises,
        "lines": [_line(line) for line in settlement.lines],
        "totals": {str(part): str(settlement.total(part)) for part in Part},
        "net": str(settlement.net),
        "refund_of_deposit": str(settlement.total(Part.DEPOSIT)),
        "refund_of_remitted_rent": str(settlement.refund_of_remitted_rent),
    }


def shares_json(shares: list[Share]) -> dict[str, Any]:
    rows = [
        {"number": one.flat.number, "floor": one.flat.floor, "coefficient": str(one.coefficient), "amount": str(one.amount)}
        for one in shares
    ]
    return {"shares": rows, "sum": str(sum((one.amount for one in shares), Decimal(0)))}


def _line(line: Line) -> dict[str, str]:
    return {"part": str(line.part), "name": line.name, "how": line.how, "amount": str(line.amount)}


def _weight(weight: Weight) -> dict[str, Any]:
    return {"area": _number(weight.area), "heads": weight.heads}


def _test(test: Test) -> dict[str, Any]:
    return {
        "name": test.name,
        "needed": f"{'>' if test.majority.more else '≥'} {test.majority.share}",
        "area": _share(test.part.area, test.whole.area, met=test.by_area, majority=test.majority),
        "heads": _share(Fraction(test.part.heads), Fraction(test.whole.heads), met=test.by_heads, majority=test.majority),
        "met": test.is_met,
    }


def _share(part: Fraction, whole: Fraction, *, met: bool, majority: Majority) -> dict[str, Any]:
    """The percentage is cut, not rounded: what has not reached a majority must not look as if it had."""
    share = part / whole if whole else Fraction(0)
    percent = (Decimal(share.numerator * 100) / Decimal(share.denominator)).quantize(Decimal("0.01"), ROUND_DOWN)
    needed = majority.share * whole
    return {
        "part": _number(part),
        "whole": _number(whole),
        "exactly": str(share),
        "percent": str(percent),
        "needed": _number(needed),
        "met": met,
    }


def _number(value: Fraction) -> str:
    """As a decimal where it is one, else as a fraction."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.normalize():f}" if Fraction(exact) == value else str(value)


def _not_counted(one: NotCounted) -> dict[str, Any]:
    ballot = one.ballot
    return {"owner": ballot.owner, "choice": str(ballot.choice), "cast_at": ballot.cast_at.isoformat(), "why": one.why}
