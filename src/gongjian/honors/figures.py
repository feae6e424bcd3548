"""Numbers in a statement, and whether a deed stands behind each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import cn2an
from django.db.models import QuerySet, Sum

from gongjian.honors.models import Candidate
from gongjian.kernel.quantities import CHINESE, Approximation, Quantity
from gongjian.ledger.models import Deed
from gongjian.ledger.telling import plain, when
from gongjian.registry.models import OrganizationAlias

_UNITS = (
    "平方米|平米|㎡|m²|小时|公里|公斤|千克|万元|亿元|个月|个小时|人次|号院|号楼|"
    "名|人|位|元|件|家|户|次|场|回|台|部|个|支|份|处|所|项|批|期|届|轮|号|栋|楼|层|间|套|张|本|箱|瓶|桶|袋|块|吨|米|条|篇|"
    "年|月|日|天|周|岁|分|%|％|倍|成"
)
_SAME_UNIT = {
    "平米": "平方米", "㎡": "平方米", "m²": "平方米", "个小时": "小时", "人": "名", "位": "名", "人次": "名",
    "部": "台", "所": "处", "％": "%", "天": "日", "回": "次",
}  # fmt: skip
_BEFORE = {
    "近": "nearly",
    "将近": "nearly",
    "约": "about",
    "大约": "about",
    "超": "over",
    "超过": "over",
    "逾": "over",
    "多达": "over",
}
_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = "零〇一二两三四五六七八九十百千万亿"
_MENTION = re.compile(
    rf"(?P<before>将近|近|大约|约|超过|超|逾|多达)?"
    rf"(?:(?P<digits>{_DIGITS})(?P<scale>[十百千万亿]*)"
    rf"|(?P<han>[{_HAN}]+)(?=[余多]?[万亿]?(?:{_UNITS}))"
    rf"|(?P<vague>[数几][十百千万亿]+))"
    rf"(?P<after>[余多])?(?P<scale_after>[万亿]?)(?P<unit>{_UNITS})?"
)
_OF_DATE = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = rf"(?P<m>{_OF_DATE})月(?:(?P<d>{_OF_DATE})[日号])?"
_DATE = re.compile(rf"(?P<y>\d{{4}}|[〇零一二三四五六七八九]{{4}})年(?:{_DAY})?")
_SHORT_DATE = re.compile(rf"(?<![\d一二三四五六七八九十]){_DAY}")

MOST_READ = 3000
Figure = tuple[str, ...]
"""What is said, brought to one form: a date, or a number with its unit and its exactness."""


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    text: str


@dataclass
class Known:
    """What the deeds carry. `names` are left alone: 经一路, 一号社区 and 三创 state no number."""

    figures: set[Figure] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def unbacked(text: str, known: Known) -> list[Span]:
    """The spans of `text` to be marked, in order."""
    return [span for span, figure in mentions(text, known.names) if figure not in known.figures]


def mentions(text: str, names: Iterable[str] = ()) -> list[tuple[Span, Figure]]:
    """Every date and number that `text` states."""
    rest = _without_names(text, names)
    found: list[tuple[Span, Figure]] = []
    for pattern, read in ((_DATE, _read_date), (_SHORT_DATE, _read_date), (_MENTION, _read_number)):
        for match in pattern.finditer(rest):
            figure = read(match)
            if figure:
                found.append((Span(match.start(), match.end(), text[match.start() : match.end()]), figure))
        rest = _blank(rest, [span for span, _figure in found])
    return sorted(found, key=lambda pair: pair[0].start)


def _without_names(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, "\x00" * len(name))
    return text


def _blank(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        text = text[: span.start] + "\x00" * (span.end - span.start) + text[span.end :]
    return text


def _read_date(match: re.Match[str]) -> Figure:
    groups = match.groupdict()
    return ("date", *(_plain_number(groups[part]) for part in ("y", "m", "d") if groups.get(part)))


def _plain_number(text: str) -> str:
    try:
        return str(int(text)) if text.isdecimal() else str(int(cn2an.cn2an(text, "smart")))
    except ValueError:
        return text


def _read_number(match: re.Match[str]) -> Figure | None:
    unit = match["unit"] or ""
    if match["vague"]:
        return ("vague", match[0])
    value = _value(match)
    if value is None:
        return None
    if unit in ("万元", "亿元"):
        value, unit = value * (10_000 if unit == "万元" else 100_000_000), "元"
    exactness = _BEFORE.get(match["before"] or "", "over" if match["after"] else "exact")
    return ("number", f"{value.normalize():f}", _SAME_UNIT.get(unit, unit), exactness)


def _value(match: re.Match[str]) -> Decimal | None:
    scale_after = match["scale_after"] or ""
    written = match["han"] or (match["digits"].replace(",", "").replace("，", "") + (match["scale"] or ""))
    try:
        return Decimal(str(_to_number(written))) * {"": 1, "万": 10_000, "亿": 100_000_000}[scale_after]
    except (ValueError, InvalidOperation):
        return None


def _to_number(written: str) -> Decimal | int | float:
    if re.fullmatch(r"[\d.]+", written):
        return Decimal(written)
    if written[0] in "百千万亿":
        written = "一" + written
    number: int | float = cn2an.cn2an(written, "smart")
    return number


def known_figures(candidate: Candidate, deeds: QuerySet[Deed]) -> Known:
    """From the words and dates of the newest MOST_READ deeds, and the sum of each kind over all of them."""
    known = Known(names=_names(candidate))
    for deed in deeds[:MOST_READ]:
        known.names |= {deed.place.name, deed.beneficiary}
        known.figures |= {figure for _span, figure in mentions(f"{when(deed, language='zh')}，{plain(deed)}", known.names)}
        known.figures |= set(_dates(deed))
    known.figures |= set(_sums(deeds))
    return known


def _sums(deeds: QuerySet[Deed]) -> Iterator[Figure]:
    """One rough deed makes the sum of its kind as rough; nearly and over together make it about."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    marks: dict[tuple[str, str], set[str]] = defaultdict(set)
    counted = deeds.filter(quantity__isnull=False).order_by().values_list("kind", "unit", "approximation")
    for kind, unit, approximation, total in counted.annotate(total=Sum("quantity")):
        sums[kind, unit] += total
        marks[kind, unit].add(approximation)
    for (kind, unit), value in sums.items():
        rough = marks[kind, unit] - {Approximation.EXACT}
        mark = Approximation.ABOUT if len(rough) > 1 else next(iter(rough), Approximation.EXACT)
        exactly = Quantity(value, unit, mark)
        for said in dict.fromkeys((exactly, exactly.roughly())):
            yield (
                "number",
                f"{said.value.normalize():f}",
                _SAME_UNIT.get(CHINESE[unit], CHINESE[unit]),
                str(said.approximation),
            )


def _names(candidate: Candidate) -> set[str]:
    names = {candidate.name, candidate.campaign.title}
    if candidate.organization:
        aliases = OrganizationAlias.objects.filter(organization=candidate.organization)
        names |= set(aliases.values_list("name", flat=True)) | {candidate.organization.called}
    return names


def _dates(deed: Deed) -> Iterator[Figure]:
    """The days, months and years that the deed's dates touch at their ends."""
    for day in (deed.occurred_from, deed.occurred_to):
        year, month = str(day.year), str(day.month)
        yield ("date", year)
        if deed.precision != Deed.Precision.YEAR:
            yield from (("date", year, month), ("date", month))
        if deed.precision in (Deed.Precision.DAY, Deed.Precision.RANGE):
            yield from (("date", year, month, str(day.day)), ("date", month, str(day.day)))
