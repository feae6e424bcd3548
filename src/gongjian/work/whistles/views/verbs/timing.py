"""Time that is asked for, given, and run out."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.timing import PauseForm
from gongjian.work.whistles.forms.verbs.words import InstructionForm, PauseDecisionForm, RemarkForm
from gongjian.work.whistles.views.verbs.acting import ESCALATION, PAUSE, WHISTLE, Verb

VERBS = {
    "ask_pause": Verb(
        services.ask_pause,
        WHISTLE,
        "whistles.ask_pause",
        _("申请延期或暂停"),
        _("申请交上去了。批准以前时限照走。"),
        PauseForm,
        submit=_("申请"),
    ),
    "decide_pause": Verb(
        services.decide_pause,
        PAUSE,
        "whistles.decide_pause",
        _("审批延期、暂停"),
        _("批好了。"),
        PauseDecisionForm,
        submit=_("定下来"),
    ),
    "resume": Verb(
        services.resume,
        WHISTLE,
        "whistles.ask_pause",
        _("恢复计时"),
        _("恢复了，两个时限接着走。"),
        RemarkForm,
    ),
    "take_up": Verb(
        services.take_up,
        ESCALATION,
        "whistles.supervise",
        _("督办"),
        _("督办意见发出去了。"),
        InstructionForm,
    ),
}
