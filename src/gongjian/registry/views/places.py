"""Places from the province down to the building."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry import selectors
from gongjian.registry.forms.places import PlaceForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services.places import PARTS, enter_place


@page("registry.view_register", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    found = paginate(request, selectors.places(), size=200)
    return render(request, "registry/places.html", {"page": found, "has_parts": [level.value for level in PARTS]})


@page("registry.edit_register")
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    parent = selectors.get_place(pk)
    form = PlaceForm(request.POST or None, parent=parent)
    back = reverse("registry:places")

    def act(values: dict[str, Any]) -> str:
        enter_place(request.user, parent=parent, **values)
        return back

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了。"))
        return redirect(url)
    title = _("在“%(name)s”下面登记") % {"name": parent.name}
    return show_form(request, "registry/form.html", form, title=title, back=back)
