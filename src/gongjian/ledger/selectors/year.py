"""A year of the ledger in numbers: how much of it is verified, how it went month by month, on how many shoulders it rests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.ledger.models import Level
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.selectors.reach import Reach
from gongjian.ledger.statistics import Slice, totals_by
from gongjian.ledger.statistics.ratios import change, herfindahl, share

TOP = 10


@dataclass(frozen=True)
class Verified:
    """Deeds that stand at each level, all of one `category` or, without, of all."""

    category: str
    declared: int
    community: int
    third_party: int

    @property
    def label(self) -> str:
        return str(Category(self.category).label)

    @property
    def deeds(self) -> int:
        return self.declared + self.community + self.third_party

    @property
    def confirmed(self) -> int:
        return self.community + self.third_party

    @property
    def confirmed_rate(self) -> Decimal | None:
        return share(self.confirmed, self.deeds)

    @property
    def third_party_rate(self) -> Decimal | None:
        return share(self.third_party, self.deeds)


@dataclass(frozen=True)
class Month:
    first: date
    deeds: int
    year_before: int

    @property
    def change(self) -> Decimal | None:
        return change(self.deeds, self.year_before)


@dataclass(frozen=True)
class Doer:
    name: str
    deeds: int
    share: Decimal | None


@dataclass(frozen=True)
class Concentration:
    """Over the organizations with deeds; `herfindahl` is 1 where one does everything, 1/n where n do the same."""

    organizations: int
    deeds: int
    top: list[Doer]
    herfindahl: Decimal | None

    @property
    def top_share(self) -> Decimal | None:
        return share(sum(doer.deeds for doer in self.top), self.deeds)


def verified(reach: Reach, year: int) -> list[Verified]:
    """By category, that with most deeds first."""
    rows = totals_by(_of_year(reach, year), ["category", "level"], quantity=False)
    found = [_verified(category, [row for row in rows if row["category"] == category]) for category in _categories(rows)]
    return sorted(found, key=lambda one: -one.deeds)


def all_together(parts: Iterable[Verified]) -> Verified:
    parts = list(parts)

    def together(count: Callable[[Verified], int]) -> int:
        return sum(map(count, parts))

    return Verified("", together(lambda p: p.declared), together(lambda p: p.community), together(lambda p: p.third_party))


def months(reach: Reach, year: int) -> list[Month]:
    """All twelve."""
    two_years = Slice(since=date(year - 1, 1, 1), until=date(year, 12, 31), reach=reach)
    counted = {row["month"]: row["deeds"] for row in totals_by(two_years, ["month"], quantity=False)}
    firsts = [date(year, month, 1) for month in range(1, 13)]
    return [Month(first, counted.get(first, 0), counted.get(first.replace(year=year - 1), 0)) for first in firsts]


def concentration(reach: Reach, year: int) -> Concentration:
    rows = totals_by(_of_year(reach, year), ["organization"], quantity=False)
    counted = [(row["organization"], row["deeds"]) for row in rows if row["organization"] and row["deeds"] > 0]
    whole = sum(deeds for _name, deeds in counted)
    return Concentration(
        len(counted),
        whole,
        [Doer(name, deeds, share(deeds, whole)) for name, deeds in counted[:TOP]],
        herfindahl(sum(deeds * deeds for _name, deeds in counted), whole),
    )


def _of_year(reach: Reach, year: int) -> Slice:
    return Slice(since=date(year, 1, 1), until=date(year, 12, 31), reach=reach)


def _categories(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["category"] for row in rows))


def _verified(category: str, rows: Iterable[dict[str, Any]]) -> Verified:
    counted = {row["level"]: row["deeds"] for row in rows}
    return Verified(category, *(counted.get(level, 0) for level in (Level.DECLARED, Level.COMMUNITY, Level.THIRD_PARTY)))
