"""From the report to the end, and back again."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.checking import RateForm, RateOrganizationForm, RevisitForm, VerifyForm
from gongjian.work.whistles.forms.verbs.words import ReasonForm, RefusalForm, RemarkForm
from gongjian.work.whistles.views.verbs.acting import WHISTLE, Verb

VERBS = {
    "verify": Verb(
        services.verify,
        WHISTLE,
        "whistles.verify",
        _("现场核实"),
        _("核实通过了。请居民来评一评。"),
        VerifyForm,
        submit=_("核实通过"),
        sub=_("到现场看过再点。与反馈不符的，请用“核实不通过”。"),
    ),
    "refuse": Verb(
        services.refuse,
        WHISTLE,
        "whistles.verify",
        _("核实不通过"),
        _("退回牵头单位重新办了。"),
        RefusalForm,
        submit=_("不通过，退回重办"),
        consequence=_("退回牵头单位重新办，办理时限接着走，像没有反馈过一样。"),
    ),
    "revisit": Verb(
        services.revisit,
        WHISTLE,
        "whistles.revisit",
        _("回访居民"),
        _("回访记下了。"),
        RevisitForm,
        submit=_("记下来"),
    ),
    "rate_organization": Verb(
        services.rate_organization,
        WHISTLE,
        "whistles.rate_organization",
        _("社区评单位"),
        _("评价记下了。"),
        RateOrganizationForm,
        submit=_("评价"),
        sub=_("办得好不好，由吹哨的社区说。一轮评一次，评了不能改。"),
    ),
    "rate_community": Verb(
        services.rate_community,
        WHISTLE,
        "whistles.rate_community",
        _("单位评社区"),
        _("评价记下了。"),
        RateForm,
        submit=_("评价"),
        sub=_("哨吹得准不准、说得清不清、到场时有没有人。一轮评一次，评了不能改。"),
    ),
    "close": Verb(
        services.close,
        WHISTLE,
        "whistles.close",
        _("销哨"),
        _("销哨了。解决了的，已给单位记进事迹台账。"),
        RemarkForm,
        consequence=_(
            "这件哨办完了，并给每个办成事的单位记一条事迹。事迹记了不能改，只能冲正。“销哨”不等于“解决”，也不等于“满意”：这三样分开公布。"
        ),
    ),
    "reopen": Verb(
        services.reopen,
        WHISTLE,
        "whistles.reopen",
        _("重新办理"),
        _("重新开始办了：两个时限从头计算。"),
        ReasonForm,
        sub=_("销得早了，或者又发生了。上一轮的记录和事迹都留着，这一轮从头派单、计时。"),
    ),
}
