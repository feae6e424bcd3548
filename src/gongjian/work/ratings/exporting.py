"""A round's results as an Excel file and as a paper, in Chinese."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongjian.kernel.papers import Paper, Part, Table
from gongjian.kernel.web.spreadsheets import Sheet as SpreadSheet
from gongjian.kernel.web.spreadsheets import workbook
from gongjian.work.ratings.models import Round, Scheme
from gongjian.work.ratings.scoring.blueprint import StarLevel
from gongjian.work.ratings.selectors.rounds import Row, kinds_of, table
from gongjian.work.ratings.templatetags.ratings import explained, stars

EXAMPLE = "样例：指标、分值和门槛都是编的，不是任何地方的正式标准。"


def as_excel(rated: Round) -> HttpResponse:
    """Two sheets: the results, and every line of every candidate with how it came about."""
    rows, dimensions = table(rated), rated.version.blueprint.dimensions
    head = [_("参评对象"), _("星级"), _("名次"), _("总分"), *(one.name for one in dimensions), _("说明")]
    note = _note(rated.scheme)
    results = [[*_result(row), note if number == 0 else ""] for number, row in enumerate(rows)]
    lines_head = [_("参评对象"), _("方面"), _("指标"), _("怎么算的"), _("得分"), _("满分")]
    sheets = [
        SpreadSheet(_("结果"), head, results, widths=(24, 8, 8, 10)),
        SpreadSheet(_("明细"), lines_head, _lines(rated, rows), widths=(24, 14, 20, 50)),
    ]
    return workbook(rated.title, sheets)


def _result(row: Row) -> list[Any]:
    rank, score = row.sheet.rank, row.sheet.score
    points = [one.points for one in score.dimensions]
    return [str(row.candidate), _("一票否决") if rank.vetoed else rank.stars, rank.place or "", score.total, *points]


def _lines(rated: Round, rows: list[Row]) -> list[list[Any]]:
    kinds = kinds_of(rated)
    return [
        [str(row.candidate), dimension.name, line.name, explained(line, kinds), line.points, line.full]
        for row in rows
        for dimension in row.sheet.score.dimensions
        for line in dimension.lines
    ]


def _note(scheme: Scheme) -> str:
    return EXAMPLE if scheme.is_example else ""


def paper(rated: Round) -> Paper:
    """What is hung on the wall. Chinese whoever prints it."""
    rows, scheme = table(rated), rated.scheme
    with override("zh-hans"):
        foot = "每一分怎么来的，在网页上逐条可查。"
        return Paper(
            title=f"{rated.title}结果",
            sub=f"评定期 {_day(rated.period_from)}至{_day(rated.period_to)}",
            parts=[
                Part("一、结果", table=_results(rated, rows)),
                Part("二、几星要多少分", [_level(level, rated) for level in rated.version.blueprint.levels]),
                Part("三、依据", [_basis(scheme), *([EXAMPLE] if scheme.is_example else [])]),
            ],
            signers=[f"{rated.office.name}（盖章）"],
            date=_day(rated.published_at.date()) if rated.published_at else "　　年　　月　　日",
            foot=f"{EXAMPLE}{foot}" if scheme.is_example else foot,
            author=rated.office.name,
        )


def _results(rated: Round, rows: list[Row]) -> Table:
    dimensions = rated.version.blueprint.dimensions
    written = [
        [
            str(row.candidate),
            "一票否决" if row.sheet.rank.vetoed else stars(row.sheet.rank.stars),
            f"{row.sheet.score.total.normalize():f}",
            *(f"{one.points.normalize():f}" for one in row.sheet.score.dimensions),
        ]
        for row in rows
    ]
    return Table(["参评对象", "星级", "总分", *(one.name for one in dimensions)], written, [4, 2, 2, *[2] * len(dimensions)])


def _level(level: StarLevel, rated: Round) -> str:
    names = {one.code: one.name for one in rated.version.blueprint.dimensions}
    asked = "、".join(f"{names[code]} {points.normalize():f}" for code, points in level.dimensions.items() if code in names)
    words = f"{stars(level.stars)}：总分至少 {level.total.normalize():f}"
    words += f"，其中{asked}" if asked else ""
    return words + (f"；最多占参评的 {level.most_percent.normalize():f}%。" if level.most_percent is not None else "。")


def _basis(scheme: Scheme) -> str:
    if not scheme.has_basis:
        return f"性质：{scheme.get_nature_display()}。没有批准文件，不称创建、达标、评比、表彰。"
    sample = "（样例）" if scheme.basis_is_sample else ""
    return f"性质：{scheme.get_nature_display()}。批准机关：{scheme.approving_body}，文号：{scheme.basis_number}{sample}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
