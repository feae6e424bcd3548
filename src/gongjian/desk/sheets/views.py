"""Template, upload, preview, confirmation, and what could not be read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.desk.sheets.forms import ConfirmForm, SheetForm
from gongjian.kernel.errors import Missing
from gongjian.kernel.sheets import selectors, tasks
from gongjian.kernel.sheets.kinds import SheetKind, open_kind
from gongjian.kernel.sheets.models import SheetImport, SheetPart
from gongjian.kernel.sheets.receiving import receive_sheet
from gongjian.kernel.sheets.template import template_of, turned_away
from gongjian.kernel.sheets.writing import confirm_sheet
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest

PERMISSION = "sheets.import"
GET = ("GET", "HEAD")
RECENT = 10


@page(PERMISSION)
def upload(request: OfficeRequest, code: str) -> HttpResponse:
    """`?about=` is the key of the thing that the list belongs to, if it belongs to one."""
    about = request.GET.get("about", "")
    kind = open_kind(code, request.user, about)
    form = SheetForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> str:
        sheet = receive_sheet(request.user, code=code, about=about, file=values["file"], defer=_read)
        return reverse("desk:sheet", args=[sheet.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    recent = selectors.own_sheets(request.user, code, about)[:RECENT]
    return show_form(request, "desk/sheets/upload.html", form, kind=kind, code=code, about=about, recent=recent)


@page(PERMISSION, methods=GET)
def template(request: OfficeRequest, code: str) -> HttpResponse:
    return template_of(open_kind(code, request.user, request.GET.get("about", "")))


@page(PERMISSION)
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was read; confirmed here; then how far it is."""
    found, kind = _own(request, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def act(values: dict[str, Any]) -> str:
        confirm_sheet(request.user, sheet=found, defer=_write)
        return request.path

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("收到，照您看过的导入。"))
        return redirect(url)
    if request.headers.get("HX-Request") and found.state in (SheetImport.State.READING, SheetImport.State.WRITING):
        return render(request, "desk/sheets/progress.html", {"sheet": found})
    context = {"sheet": found, "kind": kind, **_shown(found)}
    if request.headers.get("HX-Request"):
        return render(request, "desk/sheets/result.html", context | {"form": form})
    return show_form(request, "desk/sheets/sheet.html", form, **context)


@page(PERMISSION, methods=GET)
def rows(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is wrong with them, or with `?which=repeated` what came before, to be mended and sent in again."""
    which = request.GET.get("which", SheetPart.Kind.BROKEN)
    if which not in (SheetPart.Kind.BROKEN, SheetPart.Kind.REPEATED):
        raise Missing(_("没有这种行。"))
    found, kind = _own(request, pk)
    return turned_away(kind, found, which)


def _own(request: OfficeRequest, pk: int) -> tuple[SheetImport, SheetKind]:
    found = selectors.get_sheet(request.user, pk)
    return found, open_kind(found.kind, request.user, found.about)


def _shown(sheet: SheetImport) -> dict[str, Any]:
    waiting = sheet.state == SheetImport.State.READ
    return {
        "new": selectors.first_rows(sheet, SheetPart.Kind.NEW) if waiting else [],
        "broken": selectors.first_rows(sheet, SheetPart.Kind.BROKEN),
    }


def _read(sheet: SheetImport) -> None:
    tasks.read_sheet.defer(key=sheet.pk)


def _write(sheet: SheetImport) -> None:
    tasks.write_sheet.defer(key=sheet.pk)
