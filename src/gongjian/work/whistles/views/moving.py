"""A card that is moved to the next column: the act itself where it needs no words, otherwise its form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, DomainError
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.selection import SelectionForm
from gongjian.work.whistles.models import Dispatch, Whistle
from gongjian.work.whistles.selectors.board import STAGES, stage_called, stage_of
from gongjian.work.whistles.selectors.reading import get_whistle
from gongjian.work.whistles.views.board import show_board


@page("whistles.board", methods=("POST",))
def move(request: OfficeRequest, pk: int) -> HttpResponse:
    """`to` is a column's key. What is refused leaves the card where it is and says why."""
    whistle = get_whistle(request.user, pk)
    try:
        form_url = _move(request, whistle, request.POST.get("to", ""))
    except DomainError as error:
        return show_board(request, refused=f"{whistle.number}：{error}")
    if form_url:
        return _go(request, form_url)
    if request.headers.get("HX-Request"):
        return show_board(request)
    messages.success(request, _("%(number)s 应哨了。") % {"number": whistle.number})
    return redirect(f"{reverse('whistles:board')}?{SelectionForm(request.GET).query()}")


def _move(request: OfficeRequest, whistle: Whistle, to: str) -> str:
    """The form's address; empty when it is done."""
    here, there = stage_of(whistle), stage_called(to)
    if here is None or there is None or STAGES.index(there) != STAGES.index(here) + 1:
        raise Conflict(_("只能往后移一步，也不能往回移。"), code="wrong-state")
    if there.key == "doing":
        services.accept(request.user, dispatch=_lead(whistle))
        return ""
    if there.key == "sent":
        require(request.user, "whistles.dispatch", whistle)
        return reverse(f"whistles:{'dispatch' if whistle.category else 'triage'}", args=[whistle.pk])
    if there.key == "reported":
        require(request.user, "whistles.handle", whistle)
        return reverse("whistles:report_back", args=[_lead(whistle).pk])
    require(request.user, "whistles.verify", whistle)
    return reverse("whistles:verify", args=[whistle.pk])


def _lead(whistle: Whistle) -> Dispatch:
    found: Dispatch = whistle.dispatches.exclude(state=Dispatch.State.RECALLED).get(part=Dispatch.Part.LEAD)
    return found


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
