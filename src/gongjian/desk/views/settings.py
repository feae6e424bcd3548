"""How the reader wants to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongjian.desk.shell import ELDER_COOKIE
from gongjian.kernel.web.pages import page

A_YEAR = 365 * 24 * 3600


@page("desk.visit", methods=("POST",))
def elder(request: HttpRequest) -> HttpResponse:
    """Elder mode on or off, remembered for a year in a cookie that holds nothing else."""
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if inside else "desk:home")
    on = "1" if request.POST.get("on") == "1" else "0"
    response.set_cookie(ELDER_COOKIE, on, A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response
