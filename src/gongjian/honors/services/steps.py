"""What every step begins with: the campaign's row, held, in a state that allows the step."""

from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign
from gongjian.kernel.errors import Conflict, Invalid

UNDER_WAY = (Campaign.State.NOMINATION, Campaign.State.REVIEW)
BEFORE_SHORTLIST = (Campaign.State.CALL, *UNDER_WAY)


def hold(campaign: Campaign, *states: str) -> Campaign:
    """Two clicks at once: the second waits here, then finds the state changed. Raises Conflict."""
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if states and held.state not in states:
        raise Conflict(
            _("“%(title)s”现在是“%(state)s”，不能办这一步。") % {"title": held.title, "state": held.get_state_display()},
            code="wrong-step",
        )
    return held


def said(text: str, sentence: str, *, field: str, least: int = 2) -> str:
    """The text without spaces around it. Raises Invalid with `sentence` if nothing was said."""
    if len(text.strip()) < least:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    return text.strip()
