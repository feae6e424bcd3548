from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.kernel.web.pages import page


@page("desk.visit", methods=("GET", "HEAD"))
def about(request: HttpRequest) -> HttpResponse:
    """What data is kept and why, and who can use these pages how."""
    return render(request, "desk/about.html")
