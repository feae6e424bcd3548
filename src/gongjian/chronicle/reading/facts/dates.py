"""Text → dates and periods, as precise as they are written: 2020-07-30, 2020-07, 2020, 2022-03/2022-05."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")
_WRITTEN = r"\d{{1,2}}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY = rf"(?P<day{{n}}>{_WRITTEN})[日号]"
_MONTH = r"(?P<month{n}>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?:份)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d{{2}}|今|去|前|当|同)年(?:度)?"
_BEGINS = r"(?:(?:19|20)\d{2}|[今去前当同])年|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月"
_DOTTED = r"(?P<dyear{n}>(?:19|20)\d{{2}})[-./](?P<dmonth{n}>\d{{1,2}})(?:[-./](?P<dday{n}>\d{{1,2}}))?(?![\d.])"


def _point(number: int) -> str:
    year, month, day = (part.format(n=number) for part in (_YEAR, _MONTH, _DAY))
    return rf"(?:{_DOTTED.format(n=number)}|(?={_BEGINS})(?:{year})?(?:{month}(?:{day})?)?)"


_PATTERN = re.compile(
    r"(?P<quarter_year>(?:(?:19|20)\d{2}|今|去)年)?第?(?P<quarter>[一二三四1234])季度"
    rf"|{_point(1)}(?:[^，。；\d]{{0,3}}?(?:至|到|-+|~|[、和](?=\d{{1,2}}[日号]))(?:{_point(2)}|(?P<lone>\d{{1,2}})[日号]))?"
)
_NO_MORE = re.compile(
    r"近年来|多年来|灾后|平时|平日|日常|长期|常年|历年|去年|随着|此前|以往|疫情期间|期间|截至|后来|目前|如今|今年以来|一年来|节日"
)
_NEXT_DAY = re.compile(r"^(?:次日|翌日|第二天)")
_SAME_DAY = re.compile(r"^(?:当天|当日|同日|同一天|当晚)")
_WHOLE_YEAR = re.compile(r"全年|年内|今年|本年度|一年来|年初|年底|年末|上半年|下半年")


@dataclass(frozen=True)
class When:
    """A year, a month or a day; with `until` a period. A month without a known year has `year` None."""

    year: int | None
    month: int | None = None
    day: int | None = None
    until: "When | None" = None
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        year = "-" if self.year is None else str(self.year)
        parts = [f"{part:02}" for part in (self.month, self.day) if part is not None]
        own = "-".join([year, *parts])
        return f"{own}/{self.until}" if self.until else own

    @property
    def precision(self) -> str:
        """As `ledger.models.Deed.Precision` names it."""
        if self.until:
            return "range"
        return "year" if self.month is None else "month" if self.day is None else "day"

    def days(self) -> tuple[date, date] | None:
        """The first and the last day; None where the year is not known."""
        last = self.until or self
        if self.year is None or last.year is None:
            return None
        month = last.month or 12
        end = date(last.year, month, last.day or monthrange(last.year, month)[1])
        return date(self.year, self.month or 1, self.day or 1), end


def dates(text: str, year: int | None, this_year: int | None = None) -> list[When]:
    """`year` is the one spoken of, for dates that leave it out; `this_year` is what 今年 means."""
    plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), text)
    return [when for found in _PATTERN.finditer(plain) if (when := _when(found, year, this_year)) is not None]


def _when(found: re.Match[str], year: int | None, this_year: int | None) -> When | None:
    parts = found.groupdict()
    if parts["quarter"]:
        return _quarter(parts, year, this_year, found.span())
    first = _one(parts, "1", year, this_year)
    if first is None:
        return None
    until = _one(parts, "2", first.year, this_year) if parts["lone"] is None else replace(first, day=int(parts["lone"]))
    if until is not None and not _comes_later(first, until):
        until = None
    return replace(first, until=until, start=found.start(), end=found.end())


def _one(parts: dict[str, str | None], number: str, year: int | None, this_year: int | None) -> When | None:
    written = parts[f"dyear{number}"] or parts[f"year{number}"]
    month = parts[f"dmonth{number}"] or parts[f"month{number}"]
    day = parts[f"dday{number}"] or parts[f"day{number}"]
    if written is None and month is None:
        return None
    when = When(_year(written, year, this_year), _number(month), _number(day))
    return when if _is_possible(when) else None


def _number(written: str | None) -> int | None:
    """7, 七, 十一, 二十三."""
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    tens, _ten, ones = written.rpartition("十")
    digits = "〇一二三四五六七八九"
    ten = digits.index(tens or "一") * 10 if _ten else 0
    return ten + (digits.index(ones) if ones else 0)


def _year(written: str | None, known: int | None, this_year: int | None) -> int | None:
    if written is None:
        return known
    if written.isdigit():
        return int(written)
    if written in {"当", "同"}:
        return known
    before = {"今": 0, "去": 1, "前": 2}[written]
    return None if this_year is None else this_year - before


def _is_possible(when: When) -> bool:
    if when.year is None and when.month is None:
        return False
    try:
        date(when.year or 2020, when.month or 1, when.day or 1)
    except ValueError:
        return False
    return True


def _comes_later(first: When, until: When) -> bool:
    return tuple(part or 0 for part in (until.year, until.month, until.day)) > tuple(
        part or 0 for part in (first.year, first.month, first.day)
    )


def _quarter(parts: dict[str, str | None], year: int | None, this_year: int | None, span: tuple[int, int]) -> When | None:
    number = "一二三四1234".index(str(parts["quarter"])) % 4
    own = _year((parts["quarter_year"] or "").removesuffix("年") or None, year, this_year)
    first, last = 3 * number + 1, 3 * number + 3
    return When(own, first, until=When(own, last), start=span[0], end=span[1])


def breaks_off(text: str) -> bool:
    """Words that end the time spoken of before."""
    return bool(_NO_MORE.search(text))


def day_meant(text: str, before: When | None) -> When | None:
    """当天 means the day spoken of, 次日 the day after it."""
    if before and before.day is not None and _SAME_DAY.match(text):
        return replace(before, start=0, end=0)
    known = before.days() if before and _NEXT_DAY.match(text) and before.day is not None else None
    if known is None:
        return None
    following = known[1] + timedelta(days=1)
    return When(following.year, following.month, following.day)


def means_the_year(text: str) -> bool:
    return bool(_WHOLE_YEAR.search(text))


def years_of(text: str) -> Iterator[int]:
    """The years named, save those since which something goes on: 2019年以来."""
    plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), text)
    for found in re.finditer(r"((?:19|20)\d{2})(?=年(?!以来|起|至今|前)|[-./]\d{1,2}[-./]\d)", plain):
        yield int(found[1])
