"""Forms about a project: carried out once, said, and back to where it was asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongjian.kernel.permissions import require
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.models import Project
from gongjian.work.projects.selectors.projects import get_project

Act = Callable[[dict[str, Any]], Any]


def url_of(project: Project) -> str:
    return reverse("projects:project", args=[project.pk])


def permitted(request: OfficeRequest, pk: int, permission: str) -> Project:
    """Raises Missing for one that the account may not know of, NotAllowed for one that it may only look at."""
    project = get_project(request.user, pk)
    require(request.user, permission, project)
    return project


def do(
    request: OfficeRequest,
    form: ServiceForm,
    *,
    title: str,
    about: str,
    back: str,
    act: Act,
    said: str,
    onward: str = "",
    **context: Any,
) -> HttpResponse:
    """`onward`: where to go on to, unless back."""

    def carry_out(values: dict[str, Any]) -> str:
        act(values)
        return onward or back

    if request.method == "POST" and (url := form.submit(request, carry_out)):
        messages.success(request, said)
        return redirect(url)
    context |= {"title": title, "about": about, "back": back}
    return show_form(request, "projects/act.html", form, **context)


def done(request: OfficeRequest, said: str, url: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(url)
