from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.desk.selectors import find
from gongjian.kernel.web.pages import page


@page("desk.search", methods=("GET", "HEAD"))
def search(request: HttpRequest) -> HttpResponse:
    """Everything the reader may see that answers to `?q=`; the drop-down's fragment when htmx asks."""
    words = request.GET.get("q", "").strip()[:80]
    template = "desk/parts/hits.html" if request.headers.get("HX-Request") else "desk/search.html"
    return render(request, template, {"words": words, "found": find(request.user, words)})
