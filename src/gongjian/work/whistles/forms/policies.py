"""The rules as a form: every number explained, and marked where it is only one place's habit."""

from typing import Any

from django.forms import BoundField
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm
from gongjian.work.whistles.models import Policy

UNVERIFIED = _("随附的数按某地做法，未经核实；以本地考核办法为准。")
OURS = _("随附的数是我们定的起点，不是规定。")
WEIGHTS = ("response_weight", "resolution_weight", "satisfaction_weight")
GROUPS = (
    (_("吹哨"), ("approval_required",)),
    (_("上下班时间"), ("morning_from", "morning_to", "afternoon_from", "afternoon_to")),
    (_("没有类别时的时限"), ("response_amount", "response_unit", "resolution_amount", "resolution_unit")),
    (_("异议和评价"), ("objection_amount", "objection_unit", "rate_within_days")),
    (_("预警"), ("blue_share", "yellow_share")),
    (_("三率"), ("cycle_first_day", "basically_satisfied_weight", *WEIGHTS)),
    (_("吹哨率"), ("whistle_rate_low", "whistle_rate_high")),
    (_("热点"), ("hot_spot_least", "hot_spot_meters", "hot_spot_days")),
    (_("辖区在哪里"), ("center_latitude", "center_longitude", "radius_meters")),
)
EXPLAINED = {
    "approval_required": _("勾上以后，社区吹的哨要街道审核通过才开始计时。"),
    "morning_from": _("“工作小时”只在上下班时间里走；“工作日”在下午下班时到期。"),
    "response_amount": _("响应：联系上反映人，或者有人到了现场。类别有自己的时限时，以类别的为准。"),
    "resolution_amount": _("办理：牵头单位反馈办理结果。"),
    "objection_amount": _("单位说“不归我们”以后，街道多久要答复。"),
    "rate_within_days": _("社区核实以后，居民这么多天没有评价，就可以销哨。"),
    "blue_share": _("0.5 是过了一半。"),
    "yellow_share": _("0.8 是过了八成；到期变红，报给领导督办。"),
    "cycle_first_day": _("写 19，就是每月 19 日到下月 18 日算一期，用结束的月份命名。只能是 1 到 28。"),
    "basically_satisfied_weight": _("满意率 =（满意 + 折算 × 基本满意）÷ 有效回访。"),
    "response_weight": _("综合 = 响应率 × 这个数 + 解决率 × 下一个 + 满意率 × 再下一个。三个加起来等于 1。"),
    "whistle_rate_low": _("吹哨率：派给社区以外单位的 ÷ 受理的。太低，可能是不敢吹、自己扛。"),
    "whistle_rate_high": _("太高，可能是什么都往外推。"),
    "hot_spot_least": _("同一小类、同一地方，至少这么多件才算热点。"),
    "hot_spot_meters": _("有坐标的，相距不超过这么多米算同一地方；一件挨一件连成片的也算一处。"),
    "hot_spot_days": _("只看最近这么多天吹的哨。"),
    "center_latitude": _("地图打开时看哪里，也用来提示“位置在辖区外”。不填就不提示。"),
    "radius_meters": _("离中心超过这么多米，标为“辖区外”，照样受理。"),
}
_HABITS = ("cycle_first_day", "basically_satisfied_weight", *WEIGHTS, "response_amount", "resolution_amount")
_CHOSEN = (
    *("blue_share", "yellow_share", "objection_amount", "rate_within_days", "whistle_rate_low", "whistle_rate_high"),
    *("hot_spot_least", "hot_spot_meters", "hot_spot_days"),
)
MARKED = dict.fromkeys(_HABITS, UNVERIFIED) | dict.fromkeys(_CHOSEN, OURS)


class PolicyForm(ServiceForm):
    template_name = "whistles/parts/grouped_form.html"

    def __init__(self, data: Any = None, *, policy: Policy, **rest: Any) -> None:
        names = [name for _title, group in GROUPS for name in group]
        super().__init__(data, initial={name: getattr(policy, name) for name in names}, **rest)
        self.fields |= fields_for_model(Policy, fields=names)
        for name in names:
            said = (EXPLAINED.get(name, ""), MARKED.get(name, ""))
            self.fields[name].help_text = " ".join(str(part) for part in said if part)
            self.fields[name].initial = getattr(policy, name)

    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in GROUPS]
