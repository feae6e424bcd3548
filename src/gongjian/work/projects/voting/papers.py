"""The papers of a vote: its result sheet, the public notice of it, and slips with the secret links."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from gongjian.kernel.papers import Paper, Part, Table
from gongjian.kernel.papers.typesetting import qr_drawing, typeset
from gongjian.registry.addresses import absolute
from gongjian.work.projects.voting.models import Ballot, Vote
from gongjian.work.projects.voting.shown import Count, shown

_SLIPS = Path(__file__).with_name("slips.typ")
NUMBERS = "一二三四五六七八九十"
COUNTED_HOW = (
    "面积依次取登记簿、测绘、合同。一户一人；一人多套、开发商未出售的合计各按一人；共有的一套按一人，意见不一致的不计入任何一方。"
    "百分数只舍不入。"
)


def result_sheet(vote: Vote) -> Paper:
    """Without a name: it is published. Papers are Chinese whoever prints them."""
    with override("zh-hans"):
        counts = [shown(motion) for motion in vote.motions.all()]
        parts = [Part("一、基本情况", table=Table(["项目", "内容"], _facts(vote), [1, 3]))]
        for number, one in enumerate(counts, start=1):
            parts += _result(number, one)
        parts += [Part("计票办法", [COUNTED_HOW]), Part("异议", table=_objections(vote))]
        signers = [f"{vote.organizer}（盖章）", "计票人", "监票人"]
        return Paper(f"{vote.title}表决结果", str(vote.place), parts, signers, _day(vote.locked_at), author=vote.organizer)


def _facts(vote: Vote) -> list[list[str]]:
    cast = Ballot.objects.filter(motion__vote=vote)
    papers = cast.filter(means=Ballot.Means.PAPER).values("flat").distinct().count()
    online = cast.filter(means=Ballot.Means.ONLINE).values("flat").distinct().count()
    return [
        ["范围", f"{vote.place}（{vote.get_scope_display()}）"],
        ["组织", vote.organizer],
        ["时间", f"{_moment(vote.opens_at)}至{_moment(vote.closes_at)}"],
        ["名册", f"{vote.flats.count()} 户"],
        ["投票", f"纸质票 {papers} 户，均经两人录入、复核；网上 {online} 户"],
        ["公示到", _day(vote.objections_until)],
    ]


def _result(number: int, one: Count) -> list[Part]:
    kind = str(one.motion.get_kind_display())
    said = f"结论：{'通过' if one.passed else '没有通过'}。适用{one.rule}。"
    heading = f"事项{NUMBERS[number - 1] if number <= 10 else number}：{one.motion.title}"
    weights = Table(["", "专有部分面积（平方米）", "人数"], [[name, area, str(heads)] for name, area, heads in one.weights])
    rows = [
        [name, side.name, f"{side.part} / {side.whole}", f"{side.percent}%", needed, "达到" if side.met else "没有达到"]
        for name, needed, sides in one.tests
        for side in sides
    ]
    tests = Table(["比例", "按", "实际", "占", "要求", "结果"], rows, [3, 3, 4, 2, 3, 2])
    left = [f"共有人意见不一致、不计入的 {one.split} 户；不计的票 {len(one.not_counted)} 张。"]
    return [Part(heading, [f"属于：{kind}。", said], weights), Part("", left, tests)]


def _objections(vote: Vote) -> Table:
    rows = [
        [_day(one.received_at), one.text, "" if one.upheld is None else "成立" if one.upheld else "不成立", one.answer]
        for one in vote.objections.all()
    ]
    return Table(["收到", "异议", "结论", "答复"], rows, [3, 6, 2, 6], empty="没有收到异议。")


def slips(vote: Vote) -> bytes:
    """A slip with its QR code for each flat, to be handed over in person. Whoever has it can vote for the flat."""
    with override("zh-hans"):
        facts = {
            "title": vote.title,
            "until": _moment(vote.closes_at),
            "slips": [_slip(vote, flat.number, flat.token) for flat in vote.flats.order_by("number")],
        }
    return typeset(_SLIPS, facts)


def _slip(vote: Vote, number: str, token: str) -> dict[str, Any]:
    link = absolute(vote.office, reverse("voting:flat", args=[token]))
    return {"number": number, "link": link, "qr": qr_drawing(link)}


def _day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    day = timezone.localtime(moment)
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}{timezone.localtime(moment):%H:%M}"
