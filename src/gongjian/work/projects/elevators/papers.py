"""The agreement on an elevator's costs. Papers are Chinese whoever prints them."""

from decimal import Decimal

from django.utils.translation import override

from gongjian.kernel.papers import Paper, Part, Table
from gongjian.work.projects.elevators.models import CostShare, Retrofit
from gongjian.work.projects.elevators.selectors.costs import shares_of
from gongjian.work.projects.settling.papers import money, told_day

FORMULA = (
    "每户分摊 = 楼层系数 × 面积 ÷ 各户（楼层系数 × 面积）之和 ×（总造价 − 补贴）；"
    "先舍到分，余下的分给舍去最多的户，合计分毫不差。"
)


def agreement_paper(retrofit: Retrofit) -> Paper:
    with override("zh-hans"):
        shares = shares_of(retrofit)
        return Paper(
            title=f"{retrofit.title}费用分摊协议",
            sub=str(retrofit.place),
            parts=[
                Part("一、费用", table=Table(["项目", "内容"], _facts(retrofit), [2, 5])),
                Part("二、怎么分", [FORMULA]),
                Part("三、各户分摊", table=_table(shares)),
                Part("四、约定", ["各户按上表交款；运行、维护、大修的分摊另行约定。房屋转让的，受让人承继本协议。"]),
            ],
            signers=["业主代表", f"{retrofit.organization}（盖章）"],
            date=told_day(retrofit.agreed_on) if retrofit.agreed_on else "　　年　　月　　日",
            author=str(retrofit.organization),
        )


def _facts(retrofit: Retrofit) -> list[list[str]]:
    total, own = retrofit.total or Decimal(0), retrofit.own_cost or Decimal(0)
    rows = [["总造价（元）", money(total)], ["补贴（元）", money(retrofit.subsidies)], ["业主分摊（元）", money(own)]]
    if retrofit.subsidy_basis:
        rows.append(["补贴的依据", retrofit.subsidy_basis])
    if retrofit.table:
        rows += [["楼层系数", retrofit.table.told], ["系数的依据", f"{retrofit.table.name}：{retrofit.table.basis}"]]
    if retrofit.vote:
        rows.append(["业主表决", retrofit.vote.title])
    return rows


def _table(shares: list[CostShare]) -> Table:
    rows = [
        [
            one.flat.number,
            str(one.flat.floor),
            f"{one.flat.area}",
            f"{one.coefficient.normalize():f}",
            money(one.amount),
            "、".join(title.owner.name for title in one.flat.titles.all()),
            "",
        ]
        for one in shares
    ]
    rows.append(["合计", "", "", "", money(sum((one.amount for one in shares), Decimal(0))), "", ""])
    return Table(["房号", "楼层", "面积", "系数", "分摊（元）", "业主", "签名"], rows, [3, 2, 3, 2, 4, 4, 4])
