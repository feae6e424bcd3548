"""Who is sent, who says it is not theirs, and who is called back."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.sending import CallInForm, DispatchForm
from gongjian.work.whistles.forms.verbs.words import ObjectionDecisionForm, ObjectionForm, ReasonForm
from gongjian.work.whistles.views.verbs.acting import DISPATCH, WHISTLE, Verb, carry_out, found, show

DISPATCHING = Verb(
    services.dispatch,
    WHISTLE,
    "whistles.dispatch",
    _("派单"),
    _("派出去了，单位马上会收到。"),
    DispatchForm,
    sub=_("一个单位牵头，首接负责到底；配合的单位各办各的，向牵头单位交账。"),
    template="whistles/verbs/dispatch.html",
)
VERBS = {
    "call_in": Verb(
        services.call_in,
        WHISTLE,
        "whistles.dispatch",
        _("再派一个配合单位"),
        _("派出去了。"),
        CallInForm,
        submit=_("派出去"),
        template="whistles/verbs/organization_act.html",
    ),
    "recall": Verb(
        services.recall,
        DISPATCH,
        "whistles.dispatch",
        _("收回派单"),
        _("收回了。"),
        ReasonForm,
        submit=_("收回"),
        consequence=_("这个配合单位从此看不到这件哨。牵头单位不能收回，只能改派。"),
    ),
    "object": Verb(
        services.object_to,
        DISPATCH,
        "whistles.handle",
        _("提出派单异议"),
        _("异议交上去了，街道会在时限内答复。答复以前不用办。"),
        ObjectionForm,
        submit=_("提出异议"),
    ),
    "decide_objection": Verb(
        services.decide_objection,
        DISPATCH,
        "whistles.dispatch",
        _("答复派单异议"),
        _("答复了。"),
        ObjectionDecisionForm,
        submit=_("答复"),
    ),
}


@page("whistles.dispatch")
def dispatch(request: OfficeRequest, pk: int) -> HttpResponse:
    """“再加三行” shows the same form again with more room; nothing is sent by it."""
    whistle = found(request, DISPATCHING, pk)
    if "more" in request.POST:
        form = DispatchForm.with_more_rows(request.POST, account=request.user, thing=whistle)
        return show(request, DISPATCHING, whistle, form)
    return carry_out(request, DISPATCHING, whistle)
