"""The commitment with its settlement sheet, to be signed. Papers are Chinese whoever prints them."""

from datetime import date
from decimal import Decimal

from django.utils.translation import override

from gongjian.kernel import clock
from gongjian.kernel.papers import Paper, Part, Table
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.settling.selectors import lines_of
from gongjian.work.projects.settling.sheet import settle

NOT_A_STEP = "腾退过程中不停水、停电、停热、停气；拆除在双方约定的日期进行，不在夜间和法定节假日进行。"


def commitment_paper(settlement: Settlement) -> Paper:
    with override("zh-hans"):
        voluntary = settlement.route == Settlement.Route.VOLUNTARY
        lines = lines_of(settlement)
        rows = [[str(at), one.name, one.how, money(one.amount)] for at, one in enumerate(lines, start=1)]
        net = sum((one.amount for one in lines), Decimal(0))
        rows.append(["", "净额", _meaning(net), money(net)])
        return Paper(
            title="腾退承诺书" if voluntary else "腾退结算单",
            sub=f"编号：{settlement.number}",
            parts=[
                Part("一、双方和房屋", table=Table(["项目", "内容"], _facts(settlement), [2, 5])),
                Part("二、结算明细", ["金额单位为元；正数应付给商户，负数由商户承担。"], _sheet(rows)),
                Part("三、分栏", _columns(settlement, net)),
                Part("四、约定", _terms(settlement, voluntary=voluntary)),
            ],
            signers=[f"商户：{settlement.tenant}", f"产权单位：{settlement.organization}（盖章）"],
            date=told_day(settlement.fixed_at.date()) if settlement.fixed_at else "　　年　　月　　日",
            foot=f"打印于{told_day(clock.today())}。租金按日计算：当月租金 × 天数 ÷ 当月天数，四舍五入到分。",
            author=str(settlement.organization),
        )


def _sheet(rows: list[list[str]]) -> Table:
    return Table(["", "项目", "怎么算的", "金额"], rows, [1, 4, 8, 3])


def _facts(one: Settlement) -> list[list[str]]:
    rows = [
        ["商户", one.tenant],
        ["统一社会信用代码", one.credit_code or "（个人）"],
        ["产权单位", str(one.organization)],
        ["门面房", f"{one.place} {one.premises}" + (f"，{one.area} 平方米" if one.area else "")],
        ["租期", f"{told_day(one.lease_from)}至{told_day(one.lease_to)}"],
        ["月租金", money(one.monthly_rent)],
        ["租金付到", told_day(one.paid_until)],
        ["腾退日", told_day(one.vacated)],
        ["押金", money(one.deposit)],
    ]
    if one.relief and one.relief_from:
        rows.append(["租金减免", f"{one.relief.name}，{one.relief_from:%Y-%m} 起；依据：{one.relief.basis}"])
    if one.decision:
        rows.append(["主管部门的决定", one.decision])
    return rows


def _columns(one: Settlement, net: Decimal) -> list[str]:
    treasury = one.refund_of_remitted if one.refund_of_remitted is not None else settle(one.lease).refund_of_remitted_rent
    said = [f"押金退还：{money(one.deposit)} 元。"]
    if one.remitted:
        said.append(f"已缴国库的租金退付（按国库退付手续办）：{money(treasury)} 元。")
    return [*said, f"净额：{money(net)} 元，{_meaning(net)}。"]


def _terms(one: Settlement, *, voluntary: bool) -> list[str]:
    if not voluntary:
        return [f"按“{one.decision or '（主管部门的决定）'}”办理；本单只结清租赁账目。", NOT_A_STEP]
    return [
        f"商户承诺在{told_day(one.vacated)}以前自行搬离并交还门面房，同意拆除突出部分。",
        "产权单位承诺按上面的净额付清，付款后双方再无租金、押金、水电的争议。",
        NOT_A_STEP,
    ]


def _meaning(net: Decimal) -> str:
    if not net:
        return "两清"
    return "由产权单位付给商户" if net > 0 else "由商户付给产权单位"


def money(amount: Decimal) -> str:
    """1234.5 → 1,234.50"""
    return f"{amount:,.2f}"


def told_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
