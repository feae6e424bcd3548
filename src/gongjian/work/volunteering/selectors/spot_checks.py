"""Spot checks: what they are drawn from, what was drawn, and whether drawing again gives the same."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.work.volunteering import sampling
from gongjian.work.volunteering.models import Attendance, SpotCheck, SpotCheckLine
from gongjian.work.volunteering.selectors.roster_case import midnight

By, Result = SpotCheck.By, SpotCheckLine.Result


def frame_of(first: date, last: date, by: str) -> dict[str, list[int]]:
    """Keys of the confirmed hours that began on these days, by stratum."""
    began = midnight(first), midnight(last + timedelta(days=1))
    rows = Attendance.objects.filter(state=Attendance.State.CONFIRMED, began__gte=began[0], began__lt=began[1], minutes__gt=0)
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows.select_related("organization", "team").order_by("pk"):
        found[stratum_of(row, by)].append(row.pk)
    return dict(found)


def stratum_of(row: Attendance, by: str) -> str:
    """As it is called in Chinese, whatever language the person reads: it is kept."""
    if by == By.ORGANIZATION:
        return str(row.organization or "没有单位")[:120]
    if by == By.TEAM:
        return str(row.team or "没有队伍")[:120]
    if by == By.MEANS:
        return MEANS[row.came_by]
    if by == By.FLAGS:
        return "、".join(words for words, is_so in _flags(row) if is_so) or "没有标注"
    return ""


MEANS = {"code": "扫动态码", "pin": "固定码加口令", "list": "组织方点名", "manual": "事后补录", "auto": "没有签退"}


def _flags(row: Attendance) -> list[tuple[str, bool]]:
    return [("迟录", row.late_entry), ("批量录入", row.bulk_entry), ("没有签退", row.no_check_out)]


def spot_checks() -> QuerySet[SpotCheck]:
    """The newest first, with how many were drawn and what was found."""
    counted = {result: Count("lines", filter=Q(lines__result=result)) for result in Result.values}
    return (
        SpotCheck.objects.defer("frame")
        .select_related("drawn_by")
        .annotate(drawn=Count("lines"), **counted)
        .order_by("-drawn_at", "-pk")
    )


def get_spot_check(pk: int) -> SpotCheck:
    found = SpotCheck.objects.select_related("drawn_by").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次抽查。"))
    return found


def lines_of(check: SpotCheck) -> QuerySet[SpotCheckLine]:
    related = ("attendance__volunteer__person", "attendance__shift__activity", "attendance__shift__post")
    found: QuerySet[SpotCheckLine] = check.lines.select_related(
        *related, "attendance__organization", "found_by", "correction"
    ).order_by("number")
    return found


def get_line(check: SpotCheck, pk: int) -> SpotCheckLine:
    found = lines_of(check).filter(pk=pk).first()
    if found is None:
        raise Missing(_("这一条不在这次抽查里。"))
    return found


@dataclass(frozen=True)
class Again:
    """`same`: the seed draws the very lines from the frame, and the frame is the one that was drawn from."""

    same: bool


def draw_again(check: SpotCheck) -> Again:
    drawn = sampling.draw(check.frame, check.size, check.seed)
    there = list(check.lines.order_by("number").values_list("stratum", "attendance"))
    return Again(drawn == there and sampling.digest(check.frame) == check.frame_digest)
