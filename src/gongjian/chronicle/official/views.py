"""Official papers: choose, look at the self-check, take the Word file away. Nothing is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import override

from gongjian.chronicle.official.description import OfficialPaper
from gongjian.chronicle.official.forms import MinutesForm, PaperForm
from gongjian.chronicle.official.word import as_word
from gongjian.chronicle.official.word.check import check
from gongjian.kernel.errors import DomainError, Invalid
from gongjian.kernel.papers.word import TYPE
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest


@page("official.write", methods=("GET", "HEAD"))
def choose(request: OfficeRequest) -> HttpResponse:
    asked = "kind" in request.GET
    form = PaperForm(request.GET if asked else None, office=request.office)
    context: dict[str, Any] = {"form": form, "query": request.GET.urlencode()}
    if asked and form.is_valid():
        try:
            context |= _looked_at(_paper(form))
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, "official/choose.html", context, status=422 if asked and form.errors else 200)


@page("official.write", methods=("GET", "HEAD"))
def download(request: OfficeRequest) -> HttpResponse:
    form = PaperForm(request.GET, office=request.office)
    if not form.is_valid():
        raise Invalid(" ".join(str(sentence) for errors in form.errors.values() for sentence in errors))
    return _as_file(_paper(form))


@page("official.take_minutes")
def minutes(request: OfficeRequest) -> HttpResponse:
    """Typed in, and taken away as Word; with `look` the self-check is shown instead."""
    form = MinutesForm(request.POST or None, office=request.office)
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            return _as_file(_paper(form))
        return show_form(request, "official/minutes.html", form, **_looked_at(_paper(form)))
    return show_form(request, "official/minutes.html", form)


def _paper(form: PaperForm | MinutesForm) -> OfficialPaper:
    with override("zh-hans"):
        return form.paper()


def _looked_at(paper: OfficialPaper) -> dict[str, Any]:
    return {"paper": paper, "report": check(as_word(paper), paper.form)}


def _as_file(paper: OfficialPaper) -> HttpResponse:
    answer = HttpResponse(as_word(paper), content_type=TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.docx")  # noqa: FBT003
    answer["Cache-Control"] = "private, no-store"
    return answer
