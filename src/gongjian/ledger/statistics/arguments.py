"""What `gongjian ledger statistics` is asked with. Read without the libraries that answer it, which are heavy."""

from argparse import ArgumentParser, ArgumentTypeError
from calendar import monthrange
from datetime import date
from pathlib import Path

STATISTICS = ("totals", "trend", "verification", "concentration", "scores")
DIMENSIONS = ("office", "organization", "place", "kind", "category", "unit", "month", "year")
ENGINES = ("postgres", "duckdb", "spark")


def add_statistics_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "names", nargs="+", choices=[*STATISTICS, "all"], metavar="NAME", help=f"{', '.join(STATISTICS)}, or all"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="postgres", help="postgres counts the live ledger, the others --from"
    )
    parser.add_argument(
        "--from", dest="folders", type=Path, action="append", default=[], help="an exported folder; several add up"
    )
    parser.add_argument("--master", default="local[*]", help="of spark: the URL of the cluster's master, as spark://host:7077")
    parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help="of spark: a setting, several times")
    parser.add_argument(
        "--by", type=_dimensions, help=f"what is told apart: one or more of {', '.join(DIMENSIONS)}, with commas"
    )
    parser.add_argument("--office", default="", help="only this office, by its nine-digit code")
    parser.add_argument("--organization", type=int, help="only this organization, by its number; with --office")
    parser.add_argument("--kind", default="", help="only this kind of deed, by its code")
    parser.add_argument("--category", default="", help="only this category")
    parser.add_argument("--since", type=_first_day, help="deeds that ended on this day (2026-03-15) or in this month, or later")
    parser.add_argument("--until", type=_last_day, help="deeds that ended on this day or in this month, or earlier")
    parser.add_argument("--public", action="store_true", help="only deeds that are public")
    parser.add_argument("--rules", type=Path, help="of scores: a rule set as JSON; without it one point a confirmed deed")
    parser.add_argument("--limit", type=int, help="at most so many rows of each")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV")


def _dimensions(value: str) -> tuple[str, ...]:
    names = tuple(value.split(","))
    unknown = [name for name in names if name not in DIMENSIONS]
    if unknown or len(set(names)) < len(names):
        raise ArgumentTypeError(f"--by takes each of {', '.join(DIMENSIONS)} once, not {', '.join(unknown or names)}")
    return names


def _first_day(value: str) -> date:
    return _day(value, last=False)


def _last_day(value: str) -> date:
    return _day(value, last=True)


def _day(value: str, *, last: bool) -> date:
    try:
        if len(value) > len("2026-03"):
            return date.fromisoformat(value)
        first = date.fromisoformat(f"{value}-01")
    except ValueError as error:
        raise ArgumentTypeError(f"{value} is neither a day (2026-03-15) nor a month (2026-03)") from error
    return first.replace(day=monthrange(first.year, first.month)[1]) if last else first
