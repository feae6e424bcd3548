"""What all pages with one form do: carry the service out, say so, go on; or show the form with what was refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import show_form

GET = ("GET", "HEAD")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing: a step without fields is carried out by an empty POST."""
    return request.POST if request.method == "POST" else None


def act_page(
    request: HttpRequest,
    form: ServiceForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    template: str = "ratings/form.html",
    onward: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """`act(values)` calls the service; then on to `onward(what it returned)`, or back. `context` has `title` and `submit`."""

    def carry_out(values: dict[str, Any]) -> str:
        made = act(values)
        return onward(made) if onward else back

    if request.method == "POST" and (url := form.submit(request, carry_out)):
        messages.success(request, done)
        return redirect(url)
    return show_form(request, template, form, back=back, **{"sub": "", **context})
