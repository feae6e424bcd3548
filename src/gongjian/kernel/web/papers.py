"""A paper as an answer: `?word` asks for Word, otherwise PDF."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongjian.kernel.papers import Paper, pdf, typesetting, word


def send_paper(request: HttpRequest, paper: Paper, name: str) -> HttpResponse:
    """`name` without its ending. Never kept by a cache."""
    if "word" in request.GET:
        response = HttpResponse(word.as_word(paper), content_type=word.TYPE)
        attached, ending = True, "docx"
    else:
        response = HttpResponse(pdf.as_pdf(paper), content_type=typesetting.TYPE)
        attached, ending = False, "pdf"
    response.headers["Content-Disposition"] = str(content_disposition_header(attached, f"{name}.{ending}"))
    response.headers["Cache-Control"] = "private, no-store"
    return response
