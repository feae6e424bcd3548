"""Forms that ask for nothing but words."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles.forms.verbs.base import ActForm, YesNo, long_text


class ReasonForm(ActForm):
    reason = long_text(_("为什么"))


class RemarkForm(ActForm):
    """A remark that nobody must make."""

    words = long_text(_("说一句"), required=False, help_text=_("可以不写。居民跟进时能看到。"))


class InternalRemarkForm(ActForm):
    words = long_text(_("说明"), required=False, help_text=_("可以不写。"))


class InstructionForm(ActForm):
    instruction = long_text(_("督办意见"), help_text=_("牵头单位会马上收到：要办到什么样、到什么时候。"))


class ObjectionForm(ActForm):
    reason = long_text(_("为什么不该由本单位办"), help_text=_("写清依据，和您认为该由谁办。街道会在规定时限内答复。"))


class RefusalForm(ActForm):
    reason = long_text(_("现场看到了什么"), help_text=_("牵头单位照这句话重新办；居民也能看到。"))


class ObjectionDecisionForm(ActForm):
    well_founded = YesNo(
        label=_("异议成立吗"),
        yes=_("成立：收回这次派单，改派别的单位"),
        no=_("不成立：仍由这个单位办（首接负责）"),
    )
    words = long_text(_("理由"))


class PauseDecisionForm(ActForm):
    approved = YesNo(label=_("批不批"), yes=_("批准：照申请的日期改时限"), no=_("不批准：时限不变"))
    words = long_text(_("审批意见"))
