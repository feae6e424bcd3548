"""What a paper says, before it is a web page, Markdown, PDF or Word. Every figure in it carries its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """What stands behind a figure: one deed, or the list of deeds that it sums. `path` opens it."""

    who: str
    when: str
    told: str
    level: str
    path: str


@dataclass(frozen=True)
class Run:
    """A piece of a sentence. With a source and not `is_figure`, it ends a sentence that states no figure."""

    text: str
    source: Source | None = None
    is_figure: bool = False


Paragraph = Sequence[Run]


@dataclass(frozen=True)
class Section:
    """`kick` is whose section it is, `path` where that organization's own page is; `marks` how far its deeds are confirmed."""

    heading: str
    paragraphs: Sequence[Paragraph] = ()
    kick: str = ""
    path: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[Paragraph]]
    shares: Sequence[int] = ()


@dataclass(frozen=True)
class Document:
    title: str
    sub: str = ""
    edition: str = ""
    opening: Sequence[Paragraph] = ()
    sections: Sequence[Section] = ()
    table: Table | None = None
    closing: Sequence[Paragraph] = ()
    signature: str = ""
    date: str = ""
    note: str = ""
    numbers: dict[Source, int] = field(init=False, repr=False, compare=False)
    """Sources in the order of their first mention, from 1."""

    def __post_init__(self) -> None:
        numbers: dict[Source, int] = {}
        for run in self._runs():
            if run.source is not None:
                numbers.setdefault(run.source, len(numbers) + 1)
        object.__setattr__(self, "numbers", numbers)

    def marked(self, paragraph: Paragraph) -> Iterator[tuple[Run, int]]:
        """Runs with the number of the note after them, 0 for none: one note where runs in turn have the same source."""
        sources = [run.source for run in paragraph]
        for at, (run, source) in enumerate(zip(paragraph, sources, strict=True)):
            following = next(filter(None, sources[at + 1 :]), None)
            yield run, self.numbers[source] if source and source != following else 0

    def marked_row(self, row: Sequence[Paragraph]) -> Iterator[list[tuple[Run, int]]]:
        """The same for the cells of a row, read from the first to the last."""
        marked = self.marked([run for cell in row for run in cell])
        for cell in row:
            yield [next(marked) for _run in cell]

    def _runs(self) -> Iterator[Run]:
        for paragraph in self.paragraphs():
            yield from paragraph

    def paragraphs(self) -> Iterator[Paragraph]:
        """All of them, in the order in which they are read."""
        yield from self.opening
        for section in self.sections:
            yield from section.paragraphs
        for row in self.table.rows if self.table else ():
            yield from row
        yield from self.closing


def plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph)
