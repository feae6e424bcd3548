"""Importing the hotline's sheets: template, upload, preview, and what could not be read."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.web.pages import page, show_form
from gongjian.kernel.web.spreadsheets import Sheet, spreadsheet, workbook
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.selectors import communities
from gongjian.work.whistles.forms.importing import ConfirmForm, SheetForm
from gongjian.work.whistles.hotline.columns import COLUMNS, HELP, WIDTHS
from gongjian.work.whistles.models import ImportBatch, ImportPart
from gongjian.work.whistles.selectors.imports import first_rows, get_import, import_rows, own_imports
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.services.importing import confirm_import, read_sheet
from gongjian.work.whistles.tasks import write_import

PERMISSION = "whistles.import"
GET = ("GET", "HEAD")


@page(PERMISSION)
def upload(request: OfficeRequest) -> HttpResponse:
    form = SheetForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> str:
        batch = read_sheet(request.user, file=values["file"])
        return reverse("whistles:import_preview", args=[batch.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    return show_form(request, "whistles/import/upload.html", form, batches=own_imports(request.user)[:10])


@page(PERMISSION)
def preview(request: OfficeRequest, pk: int) -> HttpResponse:
    batch = get_import(request.user, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)

    def act(values: dict[str, Any]) -> str:
        confirm_import(request.user, batch=batch, defer=_begin)
        return request.path

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("开始导入了。可以离开这一页，导入会自己做完。"))
        return redirect(url)
    if request.headers.get("HX-Request"):
        return render(request, "whistles/import/progress.html", {"batch": batch})
    rows = first_rows(batch, ImportPart.Kind.NEW) if batch.state == ImportBatch.State.READ else []
    broken = first_rows(batch, ImportPart.Kind.BROKEN)
    return show_form(request, "whistles/import/preview.html", form, batch=batch, rows=rows, broken=broken, titles=COLUMNS)


def _begin(batch: ImportBatch) -> None:
    write_import.defer(office=batch.office_id, batch=batch.pk)


@page(PERMISSION, methods=GET)
def errors(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is wrong with them, or with `?which=duplicate` what came before, to be mended and sent in again."""
    which = request.GET.get("which", "broken")
    if which not in ("broken", "duplicate"):
        raise Missing(_("没有这种行。"))
    batch = get_import(request.user, pk)
    name = _("重复的工单") if which == "duplicate" else _("有问题的工单")
    return spreadsheet(name, [*COLUMNS, _("原表行号"), _("原因")], _lines(batch, which))


def _lines(batch: ImportBatch, which: str) -> Iterator[list[Any]]:
    for row in import_rows(batch, which):
        yield [*row["cells"], row["row"], row["why"]]


@page(PERMISSION, methods=GET)
def template(request: OfficeRequest) -> HttpResponse:
    """With what this office calls its communities and categories."""
    choices = [("社区", place.name) for place in communities()] + [("类别", str(category)) for category in categories()]
    sheets = [
        Sheet(_("工单"), COLUMNS, widths=WIDTHS, as_text=True),
        Sheet(_("填写说明"), [_("列"), _("怎么填"), _("例子")], HELP, widths=(14, 80, 34)),
        Sheet(_("社区和类别"), [_("列"), _("可以这样写")], choices, widths=(14, 50)),
    ]
    return workbook(_("12345 工单导入模板"), sheets)
