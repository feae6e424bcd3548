"""The rule set editor, with the effect on the ranking shown before anything is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import scoring, selectors, services
from gongjian.honors.forms.rule_sets import RuleSetForm
from gongjian.honors.views.acting import account, act_page, posted
from gongjian.kernel.web.pages import page


@page("honors.manage")
def rule_set(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    form = RuleSetForm(posted(request), rule_set=scoring.current_rule_set(campaign))
    return act_page(
        request,
        form,
        lambda values: services.save_rule_set(account(request), campaign=campaign, rule_set=form.rule_set()),
        template="honors/rule_set.html",
        back=reverse("honors:review", args=[slug]),
        done=_("新的一版规则生效了。"),
        campaign=campaign,
        versions=campaign.rule_sets.select_related("saved_by"),
        rows=scoring.preview(campaign, scoring.current_rule_set(campaign)),
    )


@page("honors.manage", methods=("POST",))
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The fragment beside the table: points and places now, and under the edited rules."""
    campaign = selectors.get_campaign(slug)
    edited, wrong = RuleSetForm(request.POST, rule_set=scoring.current_rule_set(campaign)).try_out()
    rows = scoring.preview(campaign, edited) if edited else []
    return render(request, "honors/parts/preview.html", {"rows": rows, "wrong": wrong, "edited": True})
