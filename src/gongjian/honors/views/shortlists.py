"""The collective decision: the ranking to choose from, and the meeting that chose."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import scoring, selectors, services
from gongjian.honors.forms.shortlists import ShortlistForm
from gongjian.honors.models import Campaign, Candidate
from gongjian.honors.selectors.shortlists import choices, quotas
from gongjian.honors.views.acting import account, posted
from gongjian.honors.views.wizard import show_step
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page


@page("honors.view_scores")
def shortlist(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    standing = {c.pk: c for c in scoring.scores.standing(campaign) if c.state == Candidate.State.NOMINATED}
    form = ShortlistForm(posted(request), standing=list(standing.values()))

    def decide(values: dict[str, Any]) -> str:
        chosen = [standing[pk] for pk in values.pop("chosen")]
        services.decide_shortlist(account(request), campaign=campaign, chosen=chosen, **values)
        return reverse("honors:staff_notice", args=[slug])

    if request.method == "POST":
        require(request.user, "honors.shortlist", campaign)
        if url := form.submit(request, decide):
            messages.success(request, _("定下来了。接着公示。"))
            return redirect(url)
    ticked = form.ticked()
    return show_step(
        request,
        campaign,
        "shortlist",
        form,
        rows=choices(account(request), campaign, ticked),
        quotas=quotas(campaign, ticked),
        meeting=getattr(campaign, "shortlist_decision", None),
        undecided=campaign.state == Campaign.State.REVIEW,
    )
