"""Markdown with numbered notes; what a deed's words contain is text, never markup."""

import re
from collections.abc import Iterable, Iterator

from gongjian.chronicle.writing.document import Document, Paragraph, Run
from gongjian.registry.addresses import absolute
from gongjian.registry.models import Office

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render(document: Document, office: Office) -> bytes:
    return ("\n\n".join(_blocks(document, office)) + "\n").encode()


def _blocks(document: Document, office: Office) -> Iterator[str]:
    yield f"# {_text(document.title)}"
    yield from (f"**{_text(line)}**" for line in (document.sub,) if line)
    yield from (_told(document, paragraph) for paragraph in document.opening)
    for section in document.sections:
        if section.kick or section.heading:
            yield f"## {_text('　'.join(filter(None, (section.kick, section.heading))))}"
        yield from (_told(document, paragraph) for paragraph in section.paragraphs)
        if section.marks:
            yield f"*{_text('，'.join(section.marks))}*"
    if document.table:
        yield _table(document)
    yield from (_told(document, paragraph) for paragraph in document.closing)
    yield from filter(None, (_text(document.signature), document.date, _text(document.note)))
    yield "---"
    yield "\n".join(_notes(document, office))


def _told(document: Document, paragraph: Paragraph) -> str:
    return _noted(document.marked(paragraph))


def _noted(marked: Iterable[tuple[Run, int]]) -> str:
    return "".join(_text(run.text) + (f"[^{note}]" if note else "") for run, note in marked)


def _table(document: Document) -> str:
    assert document.table is not None
    lines = [document.table.head, ["---"] * len(document.table.head)]
    lines += [[_noted(cell) for cell in document.marked_row(row)] for row in document.table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _notes(document: Document, office: Office) -> Iterator[str]:
    for source, number in document.numbers.items():
        words = "；".join(filter(None, (source.who, source.when, source.told, source.level)))
        yield f"[^{number}]: {_text(words)} <{absolute(office, source.path)}>"


def _text(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words.replace("\n", " "))
