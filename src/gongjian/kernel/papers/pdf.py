"""A described paper as PDF."""

from pathlib import Path

from gongjian.kernel.papers.description import Paper
from gongjian.kernel.papers.typesetting import typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")


def as_pdf(paper: Paper) -> bytes:
    return typeset(_TEMPLATE, paper.as_json())
