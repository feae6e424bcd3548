"""Comments among those who work on it, and the contact log on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.verbs.talking import CommentForm
from gongjian.work.whistles.links import whistle_url
from gongjian.work.whistles.selectors.attempts import attempts
from gongjian.work.whistles.selectors.reading import get_whistle
from gongjian.work.whistles.views.verbs.acting import WHISTLE, Verb

VERBS = {
    "comment": Verb(
        services.comment,
        WHISTLE,
        "whistles.comment",
        _("留言"),
        _("留言写好了。"),
        CommentForm,
        template="whistles/verbs/comment.html",
    ),
}


@page("whistles.view", methods=("GET", "HEAD"))
def contact_log(request: OfficeRequest, pk: int) -> HttpResponse:
    """Every attempt to reach the resident, to be printed."""
    whistle = get_whistle(request.user, pk)
    require(request.user, "whistles.view", whistle)
    found = attempts(whistle)
    context = {
        "whistle": whistle,
        "attempts": found,
        "reached": sum(attempt.reached for attempt in found),
        "printed_at": clock.now(),
        "back": whistle_url(pk),
    }
    return render(request, "whistles/verbs/contact_log.html", context)
