"""Choose what is written, look at it, take it away. Nothing is kept: the same choice writes the same text again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongjian.chronicle.writing.document import Document
from gongjian.chronicle.writing.forms import WritingForm
from gongjian.chronicle.writing.genres import compose
from gongjian.chronicle.writing.ledger_of import deeds_to_list
from gongjian.chronicle.writing.rendering import FORMATS
from gongjian.chronicle.writing.rendering.laid_out import for_page
from gongjian.kernel.errors import DomainError, Invalid, Missing
from gongjian.kernel.web.pages import page
from gongjian.ledger.export import deeds_as_spreadsheet
from gongjian.registry.requests import OfficeRequest


@page("writing.write", methods=("GET", "HEAD"))
def choose(request: OfficeRequest) -> HttpResponse:
    asked = "genre" in request.GET
    form = _form(request) if asked else WritingForm(account=request.user, office=request.office)
    context: dict[str, Any] = {"form": form, "formats": FORMATS.values(), "query": request.GET.urlencode()}
    if asked and form.is_valid():
        try:
            context["document"] = for_page(_compose(form))
            context["next_query"] = _next(request)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, "writing/choose.html", context, status=422 if asked and form.errors else 200)


@page("writing.write", methods=("GET", "HEAD"))
def download(request: OfficeRequest, kind: str) -> HttpResponse:
    if kind not in FORMATS:
        raise Missing(_("没有这种格式。"))
    found = FORMATS[kind]
    document = _compose(_valid(request))
    answer = HttpResponse(found.render(document, request.office), content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{document.title}.{kind}")  # noqa: FBT003
    answer["Cache-Control"] = "private, no-store"
    return answer


@page("writing.write", methods=("GET", "HEAD"))
def ledger(request: OfficeRequest) -> HttpResponse:
    """The deeds themselves, also those that are not public but this account may see."""
    return deeds_as_spreadsheet(deeds_to_list(request.user, _valid(request).subject))


def _form(request: OfficeRequest) -> WritingForm:
    return WritingForm(request.GET, account=request.user, office=request.office)


def _valid(request: OfficeRequest) -> WritingForm:
    form = _form(request)
    if not form.is_valid():
        raise Invalid(" ".join(str(sentence) for errors in form.errors.values() for sentence in errors))
    return form


def _compose(form: WritingForm) -> Document:
    """Papers are Chinese whoever reads them."""
    with override("zh-hans"):
        return compose(form.subject, form.cleaned_data["genre"], seed=form.seed)


def _next(request: OfficeRequest) -> str:
    query = request.GET.copy()
    variant = query.get("variant") or "0"
    query["variant"] = str(int(variant) + 1)
    return query.urlencode()
