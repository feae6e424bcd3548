"""Selections kept under a name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles import services
from gongjian.work.whistles.forms.selection import SaveFilterForm, SelectionForm
from gongjian.work.whistles.models import SavedFilter


@page("whistles.board", methods=("POST",))
def save_filter(request: OfficeRequest) -> HttpResponse:
    """The query string of the address is what is kept."""
    query, form = SelectionForm(request.GET).query(), SaveFilterForm(request.POST)
    back = f"{reverse('whistles:board')}?{query}"

    def act(values: dict[str, Any]) -> str:
        services.save_filter(request.user, query=query, **values)
        return back

    if form.submit(request, act):
        messages.success(request, _("存好了，以后点名字就能看。"))
    else:
        messages.error(request, " ".join(str(sentence) for sentences in form.errors.values() for sentence in sentences))
    return redirect(back)


@page("whistles.board", methods=("POST",))
def forget_filter(request: OfficeRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.filter(account=request.user), pk=pk)
    services.forget_filter(request.user, saved=saved)
    messages.success(request, _("删掉了。"))
    return redirect("whistles:board")
