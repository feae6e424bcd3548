"""What every page does before its own work: ask whether this account may, and answer in the right form."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongjian.kernel.paging import KeyPage, page_after
from gongjian.kernel.permissions import may, require

View = Callable[..., HttpResponseBase]


def page(permission: str, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")) -> Callable[[View], View]:
    """Guards a view: strangers are sent to sign in, others get NotAllowed. The service asks again about the thing itself."""

    def decorate(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated and not may(request.user, permission):
                return redirect_to_login(request.get_full_path())
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.permission, guarded.methods = permission, methods  # type: ignore[attr-defined]
        return guarded

    return decorate


def show_form(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form; 422 when what was sent cannot be accepted, with everything typed still in it."""
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def paginate(request: HttpRequest, found: "QuerySet[Any] | list[Any]", *, size: int = 50) -> Page[Any]:
    """The page that `?page=` asks for; out of range gives the nearest. It counts: for lists of up to some ten thousand rows."""
    return Paginator(found, size).get_page(request.GET.get("page"))


def page_by_key(request: HttpRequest, found: "QuerySet[Any]", *, order: Sequence[str], size: int) -> KeyPage:
    """The page that `?cursor=` asks for, for lists of any length (`<c-older>`). Raises Invalid for a made-up cursor."""
    return page_after(found, order=order, cursor=request.GET.get("cursor"), size=size)
