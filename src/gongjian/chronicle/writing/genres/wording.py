"""Words that several kinds of texts share: periods, counts, how far deeds are confirmed."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from gongjian.chronicle.writing.document import Paragraph, Run, Source
from gongjian.chronicle.writing.gathering import Gathered
from gongjian.chronicle.writing.rhetoric import Rhetoric
from gongjian.chronicle.writing.sentences import source_of_all
from gongjian.chronicle.writing.subjects import Material

SAMPLE = "演示样例：所引依据文号为样例，不是真实文件。"


def period(since: date, until: date) -> str:
    """2020年, 2020年第三季度, 2020年7月, 2020年1月至11月, or the days."""
    if since.day != 1 or until.day != monthrange(until.year, until.month)[1]:
        return f"{day(since)}至{_short(day(until), since, until)}"
    if since.year == until.year and (since.month, until.month) == (1, 12):
        return f"{since.year}年"
    if since.year == until.year and until.month - since.month == 2 and since.month % 3 == 1:
        return f"{since.year}年第{'一二三四'[since.month // 3]}季度"
    first, last = (f"{one.year}年{one.month}月" for one in (since, until))
    return first if first == last else f"{first}至{_short(last, since, until)}"


def day(one: date) -> str:
    return f"{one.year}年{one.month}月{one.day}日"


def _short(last: str, since: date, until: date) -> str:
    return last.removeprefix(f"{until.year}年") if since.year == until.year else last


def marks(one: Gathered) -> list[str]:
    """How far the deeds are confirmed, as small notes below a section."""
    count, confirmed, third = (one.sum_of(name) for name in ("count", "confirmed", "third_party"))
    found = [f"{count}条事迹", "社区已确认" if confirmed == count else f"社区已确认{confirmed}条"]
    if third:
        found.append(f"第三方确认{third}条")
    return [*found, f"证据{one.evidence}份"]


def counts(material: Material, rhetoric: Rhetoric) -> Iterator[Run]:
    """How many deeds there are and how many are confirmed, each number with the list that it counts."""
    confirmed = sum(one.sum_of("confirmed") for one in material.gathered)
    source = all_deeds(material)
    before, after = rhetoric.choose("say", "recorded").split("{deeds}")
    yield from (Run(before), Run(f"{material.deeds}条", source, is_figure=True), Run(after))
    if confirmed == material.deeds:
        yield Run("，都已由社区或第三方确认")
    elif confirmed and not material.more_deeds:
        before, after = rhetoric.choose("say", "confirmed").split("{count}")
        yield from (Run(f"，{before}"), Run(f"{confirmed}条", source, is_figure=True), Run(after))
    yield Run("。")


def all_deeds(material: Material) -> Source:
    return source_of_all(material.subject, f"全部{material.deeds}条事迹")


def rest(material: Material) -> Iterator[Paragraph]:
    """What those did who are too many to be named."""
    if material.more_doers:
        source = all_deeds(material)
        many = Run(f"{material.more_doers}家", source, is_figure=True)
        yield [Run("其余"), many, Run("单位记有"), Run(f"{material.more_deeds}条", source, is_figure=True), Run("。")]


def sample_note(material: Material) -> str:
    campaign = material.subject.campaign
    return SAMPLE if campaign is not None and campaign.basis_is_sample else ""


def organizations(gathered: Iterable[Gathered]) -> int:
    return sum(one.doer.organization_id is not None and bool(one.kinds) for one in gathered)
