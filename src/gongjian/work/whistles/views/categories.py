"""The dispatch catalogue (派单目录)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.forms.categories import CategoryForm
from gongjian.work.whistles.selectors.policies import all_categories, get_category
from gongjian.work.whistles.services import configuring as services


@page("whistles.configure", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    found = paginate(request, all_categories(), size=100)
    return render(request, "whistles/categories.html", {"page": found, "can_load": bool(services.shipped())})


@page("whistles.configure")
def add(request: OfficeRequest) -> HttpResponse:
    form, back = CategoryForm(request.POST or None), reverse("whistles:categories")

    def act(values: dict[str, Any]) -> str:
        services.add_category(request.user, **values)
        return back

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("加好了。"))
        return redirect(url)
    return show_form(request, "whistles/category.html", form, title=_("加一个类别"), back=back)


@page("whistles.configure")
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    category, back = get_category(pk), reverse("whistles:categories")
    form = CategoryForm(request.POST or None, category=category)

    def act(values: dict[str, Any]) -> str:
        services.change_category(request.user, category=category, **values)
        return back

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。改了时限的，在办哨件的期限马上重算。"))
        return redirect(url)
    return show_form(request, "whistles/category.html", form, title=str(category), back=back)


@page("whistles.configure", methods=("POST",))
def load(request: OfficeRequest) -> HttpResponse:
    count = services.load_shipped_categories(request.user)
    messages.success(request, _("载入了 %(count)s 个类别，已有的没有动。") % {"count": count})
    return redirect("whistles:categories")
