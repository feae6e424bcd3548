"""The public notice as the office handles it: preview, hang out, count the working days, end."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import notice_clock, papers, selectors, services
from gongjian.honors.forms.notices import NoticeForm
from gongjian.honors.models import Campaign
from gongjian.honors.views.acting import GET, account, act_page, posted
from gongjian.honors.views.wizard import show_step
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page


@page("honors.read_objections", methods=GET)
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    hung = getattr(campaign, "notice", None)
    return show_step(
        request,
        campaign,
        "staff_notice",
        notice=hung,
        clock=notice_clock.read(hung) if hung else None,
        objections=selectors.objections(campaign),
        preview=_text(campaign) if campaign.state == Campaign.State.SHORTLISTED else "",
        title=papers.notice_title(campaign),
    )


def _text(campaign: Campaign) -> str:
    return papers.notice_text(campaign, selectors.shortlisted(campaign), telephone=campaign.office.telephone)


@page("honors.manage")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    return act_page(
        request,
        NoticeForm(posted(request), initial={"text": _text(campaign)}),
        lambda values: services.publish_notice(account(request), campaign=campaign, **values),
        title=papers.notice_title(campaign),
        sub=_("挂出去以后满 %(n)d 个工作日才能作决定；谁都可以提异议。") % {"n": campaign.notice_workdays},
        submit=_("挂出公示"),
        back=reverse("honors:staff_notice", args=[slug]),
        done=_("公示挂出去了，从明天起数工作日。"),
    )


@page("honors.manage")
def end(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: services.end_notice(account(request), campaign=campaign),
        title=_("结束公示"),
        sub=_("结束以后不再收异议，可以作决定。"),
        submit=_("结束公示"),
        back=reverse("honors:staff_notice", args=[slug]),
        done=_("公示结束。可以作决定了。"),
    )
