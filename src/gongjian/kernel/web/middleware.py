"""What no form caught: domain errors become a page that says what happened and what to do; impossible addresses a 400."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from gongjian.kernel.errors import DomainError
from gongjian.kernel.rest import problem


class DomainErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not any(map(_is_control, request.path)) and "%00" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problem(400, "refused", _("地址里有不能有的字符。"))
        return bad_request(request, ValueError("control character"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"code": exception.code, "detail": str(exception)}, status=exception.status)
        return render(request, "shell/refused.html", {"error": exception}, status=exception.status)


def _is_control(character: str) -> bool:
    """No name holds one, and asking the database for a NUL is an error."""
    return character < " " or character == "\x7f"
