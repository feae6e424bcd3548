"""The list of campaigns; opening and editing one, its categories, the office's limits, revoking."""

from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import links, selectors, services
from gongjian.honors.forms.awards import RevocationForm
from gongjian.honors.forms.campaigns import CampaignForm, CategoryForm, LimitsForm
from gongjian.honors.selectors import candidate_pages
from gongjian.honors.views.acting import GET, account, act_page, office, posted
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page, paginate


@page("honors.view_campaign", methods=GET)
def campaigns(request: HttpRequest) -> HttpResponse:
    return render(request, "honors/campaigns.html", {"page": paginate(request, selectors.campaigns(), size=20)})


@page("honors.manage")
def open_campaign(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        CampaignForm(posted(request), initial=services.campaigns.limits_of(office(request))),
        lambda values: services.open_campaign(account(request), **values),
        title=_("开一次评选"),
        sub=_("先说清叫什么、凭什么、评谁。类别和名额下一页再设。"),
        submit=_("建起来"),
        back=reverse("honors:campaigns"),
        onward=lambda campaign: links.manage_url(campaign.slug),
        done=_("建好了。接着设类别和名额。"),
    )


@page("honors.manage")
def edit_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.get_campaign(slug)
    return act_page(
        request,
        CampaignForm(posted(request), opening=False, initial=model_to_dict(found)),
        lambda values: services.edit_campaign(account(request), campaign=found, **values),
        title=_("修改评选"),
        submit=_("保存"),
        back=reverse("honors:call", args=[slug]),
        done=_("改好了。"),
    )


@page("honors.manage")
def add_category(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.get_campaign(slug)
    return act_page(
        request,
        CategoryForm(posted(request)),
        lambda values: services.add_category(account(request), campaign=found, **values),
        title=_("加一个类别"),
        submit=_("加上"),
        back=reverse("honors:call", args=[slug]),
        done=_("加上了。"),
    )


@page("honors.manage")
def edit_category(request: HttpRequest, pk: int) -> HttpResponse:
    found = candidate_pages.get_category(pk)
    return act_page(
        request,
        CategoryForm(posted(request), adding=False, initial=model_to_dict(found)),
        lambda values: services.edit_category(account(request), category=found, **values),
        title=_("修改类别"),
        submit=_("保存"),
        back=reverse("honors:call", args=[found.campaign.slug]),
        done=_("改好了。"),
    )


@page("honors.manage")
def limits(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        LimitsForm(posted(request), initial=services.campaigns.limits_of(office(request))),
        lambda values: services.set_limits(account(request), **values),
        title=_("名额和期限"),
        sub=_("以后新开的评选从这些数起步；已经开的不受影响。"),
        submit=_("保存"),
        back=reverse("honors:campaigns"),
        done=_("记下了。"),
    )


@page("honors.revoke")
def revoke(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.get_campaign(slug)
    return act_page(
        request,
        RevocationForm(posted(request)),
        lambda values: services.revoke_campaign(account(request), campaign=found, **values),
        template="honors/danger.html",
        title=_("撤销整个评选"),
        sub=_("“%(title)s”停在这一步，它授出的称号和证书全部作废；荣誉页和查验页都会写明撤销和原因，不能恢复。")
        % {"title": found.title},
        submit=_("撤销评选"),
        back=links.manage_url(slug),
        done=_("已撤销。"),
    )


def move_on(request: HttpRequest, slug: str, *, act: Any, title: str, sub: str, done: str, onward: str) -> HttpResponse:
    """One step forward: pressed on the step's own page; asked again here if it is refused."""
    found = selectors.get_campaign(slug)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: act(account(request), campaign=found),
        title=title,
        sub=sub,
        submit=title,
        back=links.manage_url(slug),
        onward=lambda made: reverse(onward, args=[slug]),
        done=done,
    )


@page("honors.manage")
def open_nomination(request: HttpRequest, slug: str) -> HttpResponse:
    return move_on(
        request,
        slug,
        act=services.open_nomination,
        title=_("开始提名"),
        sub=_("社区、单位和街道就可以提名了。"),
        done=_("可以提名了。"),
        onward="honors:nomination",
    )


@page("honors.manage")
def start_review(request: HttpRequest, slug: str) -> HttpResponse:
    return move_on(
        request,
        slug,
        act=services.start_review,
        title=_("开始审核"),
        sub=_("提名到此为止，从社区起一级一级审。"),
        done=_("提名截止，开始逐级审核。"),
        onward="honors:review",
    )


@page("honors.manage")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    return move_on(
        request,
        slug,
        act=services.publish_campaign,
        title=_("公布荣誉页"),
        sub=_("荣誉页上人人都能看到获评名单和事迹。"),
        done=_("荣誉页已公布。"),
        onward="honors:certificates",
    )


@page("honors.manage")
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    return move_on(
        request,
        slug,
        act=services.archive_campaign,
        title=_("归档"),
        sub=_("归档以后，这次评选只能看，不能再改。"),
        done=_("已归档。"),
        onward="honors:archive",
    )
