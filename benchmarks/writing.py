"""Writing: the page of a campaign with fifty organizations as web page, Word and PDF; an official paper and its self-check."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.harness import Measurement, fastest, say, seconds

NAME = "writing"
RUNS = 3
PAGE, WORD, PDF = 1.0, 0.5, 1.0
"""Seconds aimed at."""


def measure(office: Any, campaign: Any) -> list[Measurement]:
    """Inside the office's scope."""
    from gongjian.chronicle.official.word import as_word
    from gongjian.chronicle.official.word.check import check
    from gongjian.chronicle.writing.genres import compose
    from gongjian.chronicle.writing.rendering import FORMATS
    from gongjian.chronicle.writing.subjects import of_campaign

    subject = of_campaign(campaign)
    document = compose(subject, "page")
    told = f"{len(document.sections)} organizations, {len(document.numbers)} sources"
    say(f"  {told}")
    paper = _paper(document)
    return [
        _row(f"write the page of {told}", lambda: FORMATS["html"].render(compose(subject, "page"), office), PAGE),
        _row("the same as Word, once written", lambda: FORMATS["docx"].render(document, office), WORD),
        _row("the same as PDF, once written", lambda: FORMATS["pdf"].render(document, office), PDF),
        _row("an official paper of as many words", lambda: as_word(paper), WORD),
        _row("its self-check", lambda: check(as_word(paper)), None),
    ]


def _paper(document: Any) -> Any:
    from gongjian.chronicle.official.description import Form, Line, OfficialPaper
    from gongjian.chronicle.writing.document import plain

    body = [Line(plain(paragraph)) for paragraph in document.paragraphs()]
    return OfficialPaper(
        Form.DOCUMENT, "性能测试办事处文件", document.title, body, signature="性能测试", signed_on=date(2026, 1, 1)
    )


def _row(name: str, act: Callable[[], Any], aim: float | None) -> Measurement:
    taken = []
    for _run in range(RUNS):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    took = fastest(taken)
    return Measurement(
        name,
        seconds(took),
        aim=f"≤ {aim:g} s" if aim else "",
        met=None if aim is None else took <= aim,
        raw={"seconds": taken},
    )
