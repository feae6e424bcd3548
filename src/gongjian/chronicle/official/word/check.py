"""The self-check: reads a finished file, and says of each clause whether it holds there, and what was found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongjian.chronicle.official.description import Form
from gongjian.chronicle.official.word.clauses import ending, everywhere, heading, special
from gongjian.chronicle.official.word.clauses.finding import Finding
from gongjian.chronicle.official.word.reading import Sheet

_CHECKS: dict[Form, tuple[Callable[[Sheet], Iterator[Finding]], ...]] = {
    Form.DOCUMENT: (everywhere.check, heading.check, ending.check),
    Form.LETTER: (everywhere.check, special.check_letter, ending.check_signature),
    Form.MINUTES: (everywhere.check, heading.check, special.check_minutes, ending.check_foot),
}


@dataclass(frozen=True)
class Report:
    form: Form
    findings: list[Finding]

    @property
    def holds(self) -> bool:
        """Nothing was found against the standard; what a file cannot show is left open."""
        return not any(finding.holds is False for finding in self.findings)

    def lines(self) -> Iterator[str]:
        for one in self.findings:
            yield f"{one.mark}  {one.clause:7} {one.demand}：{one.found}"


def check(content: bytes, form: Form | None = None) -> Report:
    """`form`: found out by the file's own head where it is not given."""
    sheet = Sheet(content)
    form = form or _form_of(sheet)
    return Report(form, [finding for of_part in _CHECKS[form] for finding in of_part(sheet)])


def _form_of(sheet: Sheet) -> Form:
    if sheet.section.different_first_page_header_footer:
        return Form.LETTER
    mark = heading.mark(sheet)
    return Form.MINUTES if mark is not None and mark.text.endswith("纪要") else Form.DOCUMENT
