"""One selection, seen as board, as list and on the map."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from gongjian.kernel.paging import page_after
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.whistles.faces import faces
from gongjian.work.whistles.forms.selection import BulkForm, SaveFilterForm, SelectionForm
from gongjian.work.whistles.models import SavedFilter
from gongjian.work.whistles.selectors import mapping
from gongjian.work.whistles.selectors.board import columns
from gongjian.work.whistles.selectors.selection import MOST_URGENT, NEWEST, select, shown

PAGE = 30
IN_A_ROW = 60
"""Characters of what was said."""
ON_MAP = 500


def shared(request: OfficeRequest, form: SelectionForm, **more: Any) -> dict[str, Any]:
    """What every view of the selection shows around it."""
    return {
        "form": form,
        "query": form.query(),
        "saved": SavedFilter.objects.filter(account=request.user),
        "save_form": SaveFilterForm(),
        "bulk": BulkForm(dispatches=may(request.user, "whistles.dispatch")),
        "may_blow": may(request.user, "whistles.blow"),
        **more,
    }


def show_board(request: OfficeRequest, *, refused: str = "") -> HttpResponse:
    """The page, or its columns alone when htmx asks; `refused` says what did not move."""
    form = SelectionForm(request.GET)
    chosen = form.chosen()
    if chosen.state == "open":  # each column says its own states; said twice, PostgreSQL expects too few rows
        chosen = replace(chosen, state="all")
    found = select(request.user, chosen)
    status = 422 if refused else 200
    if request.headers.get("HX-Request"):
        context = {"columns": columns(request.user, found), "refused": refused, "query": form.query()}
        return render(request, "whistles/board/parts/columns.html", context, status=status)
    context = shared(request, form, columns=columns(request.user, found), refused=refused, current="board")
    return render(request, "whistles/board/board.html", context, status=status)


@page("whistles.board", methods=("GET", "HEAD"))
def board(request: OfficeRequest) -> HttpResponse:
    return show_board(request)


@page("whistles.board", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    form = SelectionForm(request.GET)
    found, urgent = select(request.user, form.chosen()), request.GET.get("sort") == "urgent"
    if urgent:
        found = found.filter(resolution_due_at__isnull=False)
    order = MOST_URGENT if urgent else NEWEST
    page = page_after(shown(found), order=order, cursor=request.GET.get("cursor"), size=PAGE)
    rows = faces(page.items, length=IN_A_ROW)
    return render(
        request, "whistles/board/list.html", shared(request, form, page=page, rows=rows, urgent=urgent, current="list")
    )


@page("whistles.board", methods=("GET", "HEAD"))
def map_(request: OfficeRequest) -> HttpResponse:
    """The map is drawn from `points`; beside it stands a list of the same for who uses the keyboard."""
    form = SelectionForm(request.GET)
    rows = faces(shown(select(request.user, form.chosen())).order_by(*NEWEST)[:PAGE], length=IN_A_ROW)
    tiles = getattr(settings, "MAP_TILES", "")
    context = shared(request, form, rows=rows, landmarks=mapping.landmarks(), tiles=tiles, current="map")
    return render(request, "whistles/board/map.html", context)


@page("whistles.board", methods=("GET", "HEAD"))
def points(request: OfficeRequest) -> JsonResponse:
    """GeoJSON of the selection."""
    found = select(request.user, SelectionForm(request.GET).chosen())
    response = JsonResponse(mapping.points(found, most=ON_MAP), content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-store"
    return response
