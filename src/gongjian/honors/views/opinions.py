"""Asking other bodies, and recording what they answered."""

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import selectors, services
from gongjian.honors.forms.reviewing import OpinionForm
from gongjian.honors.models import BodyOpinion
from gongjian.honors.selectors import candidate_pages
from gongjian.honors.views.acting import account, act_page, posted
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page


@page("honors.manage")
def request_opinions(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.get_candidate(account(request), pk)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: services.request_opinions(account(request), candidate=found),
        title=_("征求意见"),
        sub=_("向类别里规定的部门征求对“%(name)s”的意见；问过的不重复问。") % {"name": found.name},
        submit=_("发出征求"),
        back=reverse("honors:opinions", args=[found.campaign.slug]),
        done=_("记下了：已发出征求。"),
    )


@page("honors.manage")
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    found = candidate_pages.get_opinion(account(request), pk)
    known = {} if found.answer == BodyOpinion.Answer.WAITING else model_to_dict(found)
    return act_page(
        request,
        OpinionForm(posted(request), initial=known),
        lambda values: services.record_opinion(account(request), opinion=found, **values),
        title=_("%(body)s对“%(name)s”的答复") % {"body": found.get_body_display(), "name": found.candidate.name},
        submit=_("记下答复"),
        back=reverse("honors:opinions", args=[found.candidate.campaign.slug]),
        done=_("记下了。"),
    )
