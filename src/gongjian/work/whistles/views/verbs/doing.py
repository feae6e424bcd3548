"""What an organization does that was sent."""

from django.utils.translation import gettext_lazy as _

from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.doing import ContactForm, ReportForm
from gongjian.work.whistles.forms.verbs.words import RemarkForm
from gongjian.work.whistles.views.verbs.acting import DISPATCH, WHISTLE, Verb

VERBS = {
    "accept": Verb(
        services.accept,
        DISPATCH,
        "whistles.handle",
        _("应哨"),
        _("应哨了。先联系反映的居民，响应时限等着这一步。"),
        sub=_("表示单位收到了，开始办。"),
    ),
    "contact": Verb(
        services.log_contact,
        WHISTLE,
        "whistles.handle",
        _("记一次联系"),
        _("记下了。"),
        ContactForm,
        submit=_("记下来"),
        sub=_("打没打通都记：将来能证明找过居民。"),
        or_permission="whistles.revisit",
    ),
    "arrive": Verb(
        services.arrive,
        DISPATCH,
        "whistles.handle",
        _("到场"),
        _("记下了：人已到场。"),
        RemarkForm,
        submit=_("已到场"),
    ),
    "handle": Verb(
        services.handle,
        DISPATCH,
        "whistles.handle",
        _("处置完"),
        _("记下了：已经处置。接着写反馈。"),
        RemarkForm,
        submit=_("处置完了"),
    ),
    "report_back": Verb(
        services.report,
        DISPATCH,
        "whistles.handle",
        _("写反馈"),
        _("反馈交了。"),
        ReportForm,
        submit=_("交反馈"),
        sub=_("牵头单位交了反馈，办理时限就停了；接着由社区到现场核实。"),
    ),
}
