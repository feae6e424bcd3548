"""From the draft to the dispatch."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.triage import NotAcceptForm, TriageForm
from gongjian.work.whistles.forms.verbs.words import ReasonForm
from gongjian.work.whistles.views.verbs.acting import WHISTLE, Verb

VERBS = {
    "approve": Verb(
        services.approve,
        WHISTLE,
        "whistles.approve",
        _("审核通过"),
        _("通过了，哨已吹响，时限开始计算。"),
        sub=_("通过以后就算吹哨，两个时限开始计算。"),
    ),
    "send_back": Verb(
        services.send_back,
        WHISTLE,
        "whistles.approve",
        _("退回给吹哨的人"),
        _("退回去了，成了对方的草稿。"),
        ReasonForm,
        submit=_("退回"),
    ),
    "triage": Verb(
        services.triage,
        WHISTLE,
        "whistles.triage",
        _("定类别"),
        _("类别定好了，时限已按类别重新计算。"),
        TriageForm,
        submit=_("定下来"),
        sub=_("时限和默认牵头单位跟着类别走；办理中也能改。"),
    ),
    "not_accept": Verb(
        services.not_accept,
        WHISTLE,
        "whistles.triage",
        _("不予受理"),
        _("已告诉居民不予受理，和该找谁。"),
        NotAcceptForm,
        consequence=_("这件哨到此结束，不能恢复。原因和说明居民都能看到。"),
    ),
    "withdraw": Verb(
        services.withdraw,
        WHISTLE,
        "whistles.blow",
        _("撤回这件哨"),
        _("撤回了。"),
        ReasonForm,
        submit=_("撤回"),
        consequence=_("这件哨到此结束，不能恢复；已经派出的单位都收回。原因居民能看到。"),
    ),
}
