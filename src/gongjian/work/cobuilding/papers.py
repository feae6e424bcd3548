"""The papers of co-building, written from the ledger: no figure in them is typed."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import override

from gongjian.kernel import clock
from gongjian.kernel.papers import Paper, Part, Table
from gongjian.kernel.quantities import Quantity
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.selectors import with_level
from gongjian.ledger.telling import plain, when
from gongjian.registry.models import Organization, Place
from gongjian.work.cobuilding.models import Agreement, AgreementRoom, Claim, ReportIn
from gongjian.work.cobuilding.models.agreements import Side
from gongjian.work.cobuilding.selectors.agreements import Quarter

LEVELS = {0: "自报", 1: "社区已确认", 2: "第三方已确认"}
FROM_LEDGER = "本页由系统根据事迹台账生成，数字均可查到出处。"


def quarterly_report(agreement: Agreement, quarter: Quarter) -> Paper:
    """What came of an agreement in a quarter: deeds of the organization in the community, projects, rooms, meetings."""
    deeds = deeds_of(agreement.organization, quarter.first, quarter.last, within=agreement.place)
    meetings = agreement.meetings.filter(held_on__range=(quarter.first, quarter.last)).order_by("held_on")
    with override("zh-hans"):
        return Paper(
            title="共驻共建季度报告",
            sub=f"{agreement.organization.called}　{agreement.place}　{quarter}",
            parts=[
                Part("一、协议", [_validity(agreement)]),
                Part("二、事迹", [_counted(deeds)], _sums(deeds)),
                Part("", table=_deeds(deeds)),
                Part("三、共建项目", table=_claims(agreement, quarter)),
                Part("四、用房", table=_rooms(agreement.rooms.select_related("place"))),
                Part("五、联席会", table=Table(["日期", "议题"], [[_day(m.held_on), m.subject] for m in meetings], [1, 3])),
            ],
            signers=[f"{agreement.organization}（盖章）", f"{agreement.place}（盖章）"],
            date=_day(clock.today()),
            foot=FROM_LEDGER,
            author=str(agreement.place),
        )


def contribution_sheet(organization: Organization, first: date, last: date) -> Paper:
    """What an organization did between two days, in a form that it can put into its own file."""
    deeds = deeds_of(organization, first, last)
    with override("zh-hans"):
        return Paper(
            title="共驻共建贡献清单",
            sub=f"{organization}　{_day(first)}至{_day(last)}",
            parts=[Part("一、合计", [_counted(deeds)], _sums(deeds)), Part("二、明细", table=_deeds(deeds))],
            signers=["街道办事处（盖章）"],
            date=_day(clock.today()),
            foot=FROM_LEDGER,
            author=organization.office.name,
        )


def agreement_paper(agreement: Agreement) -> Paper:
    """The text to sign."""
    with override("zh-hans"):
        parties = [["甲方", str(agreement.organization)], ["乙方", str(agreement.place)]]
        persons = [[one.get_side_display(), one.get_part_display(), one.name] for one in agreement.persons.all()]
        return Paper(
            title=agreement.title,
            sub=f"编号：{agreement.number}",
            parts=[
                Part("一、双方", table=Table(["", "名称"], parties, [1, 4])),
                Part("", table=Table(["哪一方", "身份", "姓名"], persons)),
                Part("二、共建内容", agreement.content.splitlines()),
                Part("三、甲方做什么", agreement.duties_organization.splitlines()),
                Part("四、乙方做什么", agreement.duties_community.splitlines()),
                Part("五、用房", table=_rooms(agreement.rooms.select_related("place"))),
                Part("六、期限和会议", [_validity(agreement), f"双方每年召开联席会不少于 {agreement.meetings_per_year} 次。"]),
            ],
            signers=[f"甲方：{agreement.organization}（盖章）", f"乙方：{agreement.place}（盖章）"],
            date="　　年　　月　　日" if agreement.signed_on is None else _day(agreement.signed_on),
            author=str(agreement.place),
        )


def deeds_of(organization: Organization, first: date, last: date, *, within: Place | None = None) -> list[Deed]:
    """Not reversed, not reversing, ended between the two days; in and below a place. Teams' deeds count for their unit."""
    own = Q(organization=organization) | Q(team__parent=organization)
    found = Deed.objects.filter(own, occurred_to__range=(first, last), reverses__isnull=True, reversed_by__isnull=True)
    if within is not None:
        found = found.filter(Q(place=within) | Q(place__path__startswith=f"{within.path}/"))
    return told(found)


def told(found: QuerySet[Deed]) -> list[Deed]:
    return list(with_level(found).select_related("kind", "place").order_by("occurred_to", "id"))


def deed_parts(deeds: Sequence[Deed]) -> list[Part]:
    """Sums and single deeds, for papers of other makers in this room."""
    return [Part("一、合计", [_counted(deeds)], _sums(deeds)), Part("二、明细", table=_deeds(deeds))]


def _counted(deeds: Sequence[Deed]) -> str:
    confirmed = sum(1 for deed in deeds if getattr(deed, "level", 0))
    return f"共记事迹 {len(deeds)} 件，其中社区或第三方已确认 {confirmed} 件。"


def _sums(deeds: Sequence[Deed]) -> Table:
    counted = Deed.objects.filter(pk__in=[deed.pk for deed in deeds], quantity__isnull=False)
    sums = counted.values("kind", "unit").annotate(total=Sum("quantity")).order_by("kind")
    names = {kind.pk: kind.name_zh for kind in DeedKind.objects.filter(pk__in=[row["kind"] for row in sums])}
    rows = [[names[row["kind"]], Quantity(row["total"], row["unit"]).in_chinese()] for row in sums]
    return Table(["种类", "合计"], rows, [3, 2], empty="没有计数的事迹。")


def _deeds(deeds: Iterable[Deed]) -> Table:
    rows = [[when(deed, language="zh"), plain(deed), LEVELS[getattr(deed, "level", 0)]] for deed in deeds]
    return Table(["时间", "事迹", "确认"], rows, [3, 8, 2], empty="这段时间没有记事迹。")


def _claims(agreement: Agreement, quarter: Quarter) -> Table:
    within = Q(place=agreement.place) | Q(place__path__startswith=f"{agreement.place.path}/")
    span = {"moved_at__date__range": (quarter.first, quarter.last)}
    found = Claim.objects.filter(within, organization=agreement.organization, **span).order_by("moved_at")
    rows = [[claim.title, claim.amount.in_chinese(), str(claim.get_state_display())] for claim in found]
    return Table(["项目", "数量", "进展"], rows, [4, 2, 2], empty="这个季度没有项目往前走。")


def _rooms(rooms: Iterable[AgreementRoom]) -> Table:
    head = ["用房", "面积", "产权", "用途", "租金", "安全", "水电", "退出"]
    written = [
        [
            str(room),
            room.amount.in_chinese(),
            room.ownership,
            room.purpose,
            "免费" if room.yearly_rent is None else f"每年{Quantity(room.yearly_rent, 'yuan').in_chinese()}",
            str(Side(room.safety).label),
            str(Side(room.utilities).label),
            room.exit_terms,
        ]
        for room in rooms
    ]
    return Table(head, written, [4, 3, 3, 4, 3, 2, 2, 4], empty="没有写入用房。")


def _validity(agreement: Agreement) -> str:
    signed = f"{_day(agreement.signed_on)}签订，" if agreement.signed_on else ""
    return f"{signed}期限{_day(agreement.begins_on)}至{_day(agreement.ends_on)}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def feedback_card(report: ReportIn, quarter: Quarter) -> Paper:
    """What somebody who reported in did in a quarter, for their unit. The name stands in full: it goes to that unit."""
    with override("zh-hans"):
        return Paper(
            title="双报到反馈卡",
            sub=f"{report.place}　{quarter}",
            parts=[
                Part("", table=Table(["", "内容"], _who(report), [1, 3])),
                *deed_parts(_deeds_of_report(report, quarter)),
                Part("三、社区的话", ["", ""]),
            ],
            signers=[f"{report.place}（盖章）"],
            date=_day(clock.today()),
            foot=FROM_LEDGER,
            author=str(report.place),
        )


def _who(report: ReportIn) -> list[list[str]]:
    rows = [["党组织", report.party.name]] if report.party else [["党员", report.person.name if report.person else ""]]
    unit = (report.party or report.person).organization  # type: ignore[union-attr]
    rows += [["所在单位", str(unit or "—")], ["认领", report.post], ["报到", _day(report.reported_on)]]
    return rows


def _deeds_of_report(report: ReportIn, quarter: Quarter) -> list[Deed]:
    """Of the party organization's unit in this community; of a member wherever it was."""
    if report.person is not None:
        own = {"person": report.person, "occurred_to__range": (quarter.first, quarter.last)}
        return told(Deed.objects.filter(**own, reverses__isnull=True, reversed_by__isnull=True))
    unit = report.party.organization if report.party else None
    return deeds_of(unit, quarter.first, quarter.last, within=report.place) if unit else []
