"""The formal texts of the notice and of the decision. What they call the act follows from the basis."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.honors import basis
from gongjian.honors.models import Campaign, Candidate


def notice_title(campaign: Campaign) -> str:
    return f"{campaign.title}拟{basis.object_word(campaign)}公示"


def notice_text(campaign: Campaign, chosen: Sequence[Candidate], *, telephone: str) -> str:
    lines = [
        f"根据{_basis(campaign)}，经推荐提名、逐级审核、征求有关部门意见和集体研究，"
        f"现将{campaign.title}拟{basis.object_word(campaign)}予以公示。",
        *_lists(chosen),
        f"公示期为{campaign.notice_workdays}个工作日，自公布次日起计算。公示期间，任何单位和个人如有异议，"
        "可以署名或者匿名提出，也可以在公示页面直接填写。",
    ]
    if telephone:
        lines.append(f"联系电话：{telephone}。")
    return "\n".join(lines + _sample(campaign))


def decision_title(campaign: Campaign) -> str:
    return f"{basis.paper_title(campaign)}{campaign.title}获评对象的决定"


def decision_text(campaign: Campaign, chosen: Sequence[Candidate]) -> str:
    opening = f"根据{_basis(campaign)}，经逐级审核、集体研究和公示，决定对下列单位和个人予以{basis.word(campaign)}。"
    return "\n".join([opening, *_lists(chosen), *_sample(campaign)])


def _basis(campaign: Campaign) -> str:
    if campaign.has_basis:
        return f"{campaign.approving_body}{campaign.basis_number}文件"
    return f"{campaign.office}工作安排"


def _lists(chosen: Sequence[Candidate]) -> Iterable[str]:
    for name in dict.fromkeys(candidate.category.name for candidate in chosen):
        members = [candidate.public_name for candidate in chosen if candidate.category.name == name]
        yield f"{name}（{len(members)}个）：{'、'.join(members)}。"


def _sample(campaign: Campaign) -> list[str]:
    return [_("（演示样例：所引依据文号为样例，不是真实文件。）")] if campaign.basis_is_sample else []


def in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
