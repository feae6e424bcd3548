"""The campaign as a wizard: each legal step a page with its counters, what is missing, and the one next action."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongjian.honors import scoring, selectors
from gongjian.honors.models import Campaign
from gongjian.honors.selectors import wizard
from gongjian.honors.selectors.progress import Progress, progress
from gongjian.honors.views.acting import GET, account
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, show_form


def step_context(request: HttpRequest, campaign: Campaign, name: str) -> dict[str, Any]:
    standing = progress(account(request), campaign)
    steps = wizard.steps(account(request), campaign, standing)
    return {
        "campaign": campaign,
        "standing": standing,
        "steps": steps,
        "step": next(step for step in steps if step.name == name),
        "missing": [] if campaign.is_revoked else wizard.missing(campaign, name, standing),
    }


def show_step(request: HttpRequest, campaign: Campaign, name: str, form: Any = None, **more: Any) -> HttpResponse:
    context = {**step_context(request, campaign, name), **more}
    template = f"honors/steps/{name}.html"
    return show_form(request, template, form, **context) if form else render(request, template, context)


@page("honors.view_campaign", methods=GET)
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens the wizard where it stands."""
    campaign = selectors.get_campaign(slug)
    return redirect(reverse(f"honors:{wizard.current_step(account(request), campaign)}", args=[slug]))


@page("honors.view_campaign", methods=GET)
def call(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    return show_step(request, campaign, "call", categories=campaign.categories.all(), levels=campaign.levels.all())


@page("honors.view_campaign", methods=GET)
def nomination(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    context = step_context(request, campaign, "nomination")
    withdrawn = selectors.visible_candidates(account(request), campaign).filter(state="withdrawn")
    groups = by_category(campaign, context["standing"])
    return render(request, "honors/steps/nomination.html", {**context, "groups": groups, "withdrawn": withdrawn})


def by_category(campaign: Campaign, standing: list[Progress]) -> list[tuple[Any, list[Progress]]]:
    categories = campaign.categories.all()
    return [(category, [one for one in standing if one.candidate.category_id == category.pk]) for category in categories]


@page("honors.view_campaign", methods=GET)
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """The queue of each level; with the ranking for who may see scores."""
    campaign = selectors.get_campaign(slug)
    context = step_context(request, campaign, "review")
    waiting = [one for one in context["standing"] if one.candidate.state == "nominated"]
    queues = [(level, [one for one in waiting if one.turn == level]) for level in campaign.levels.all()]
    context |= {"queues": queues, "mine": {level.pk for level, _queue in queues if account(request).holds(level.role)}}
    if may(request.user, "honors.view_scores"):
        context["scores"] = scoring.score(campaign)
    return render(request, "honors/steps/review.html", context)


@page("honors.view_scores", methods=GET)
def opinions(request: HttpRequest, slug: str) -> HttpResponse:
    return show_step(request, selectors.get_campaign(slug), "opinions")
