"""The weekly paper for the leader, as PDF: figures, what is overdue, hot spots, topics. No word of any resident."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from gongjian.kernel.papers.typesetting import typeset
from gongjian.registry.models import Office
from gongjian.work.whistles.models import Topic, Whistle
from gongjian.work.whistles.rates import Share
from gongjian.work.whistles.selectors.hot_spots import HotSpot
from gongjian.work.whistles.selectors.weeks import Figures, Week

_TEMPLATE = Path(__file__).with_name("weekly.typ")


def weekly_pdf(office: Office, week: Week) -> bytes:
    """Papers are Chinese whoever prints them."""
    with override("zh-hans"):
        facts = weekly_facts(office, week)
    return typeset(_TEMPLATE, facts)


def weekly_facts(office: Office, week: Week) -> dict[str, Any]:
    return {
        "office": office.name,
        "title": "吹哨周报",
        "span": f"{week.monday:%Y年%-m月%-d日}至{week.sunday:%-m月%-d日}",
        "asked": f"{timezone.localtime(week.asked_at):%Y年%-m月%-d日 %H:%M}",
        "figures": _rows(week.figures, week.before),
        "colors": [{"label": str(color.label), "count": count} for color, count in week.open_by_color],
        "open": sum(count for _color, count in week.open_by_color),
        "overdue": [_overdue(whistle) for whistle in week.overdue],
        "overdue_count": week.overdue_count,
        "spots": [_spot(spot) for spot in week.spots],
        "topics": [_topic(topic) for topic in week.topics],
    }


def _rows(now: Figures, before: Figures) -> list[list[str]]:
    return [
        ["新吹哨（件）", str(now.blown), str(before.blown)],
        ["销哨（件）", str(now.closed), str(before.closed)],
        ["按时响应／到期应响应", _share(now.response), _share(before.response)],
        ["按时反馈／到期应反馈", _share(now.resolution), _share(before.resolution)],
        ["响应率：已联系／有效回访", _share(now.rates.response), _share(before.rates.response)],
        ["解决率：已解决／有效回访", _share(now.rates.resolution), _share(before.rates.resolution)],
        ["满意率：折算满意／有效回访", _share(now.rates.satisfaction), _share(before.rates.satisfaction)],
        ["综合", _percent(now.rates.composite_percent), _percent(before.rates.composite_percent)],
    ]


def _share(share: Share) -> str:
    return f"{share.top:f} / {share.denominator}　{_percent(share.percent)}"


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value}%"


def _overdue(whistle: Whistle) -> list[str]:
    """Number, category, place, lead, due: nothing that a resident wrote."""
    due = whistle.resolution_due_at
    return [
        whistle.number,
        whistle.category.minor if whistle.category else "未分类",
        str(whistle.place or whistle.community or "—"),
        whistle.lead.called if whistle.lead else "未派单",
        f"{timezone.localtime(due):%-m月%-d日 %H:%M}" if due else "—",
    ]


def _spot(spot: HotSpot) -> list[str]:
    place = str(spot.place or "—")
    return [spot.category.minor, place, f"{spot.count} 件 {spot.voices} 人次", "、".join(spot.words) or "—"]


def _topic(topic: Topic) -> list[str]:
    done, count = (getattr(topic, name) for name in ("done_count", "task_count"))
    return [topic.title, f"{done} / {count}"]
