"""Who the parts of a report are about: titles, headings that name an organization, letters and signatures."""

import re
from collections.abc import Iterable

from gongjian.chronicle.reading.doers.headings import heading_name, title_name
from gongjian.chronicle.reading.doers.register import Register
from gongjian.chronicle.reading.doers.subjects import Cast
from gongjian.chronicle.reading.text.blocks import Block, Form

_THANKS = re.compile(r"感谢信|表扬信|致谢|谢信")
_LETTER = re.compile(r"^(?P<name>[^，。：]{3,30})：$")
_TITLES = 5
_SIGNED = 4
_SELF = re.compile(r"我(?:单位|公司|行|校|院|局|厅|委|办|社区|街道|所|中心|馆|司|会|处)|本(?:单位|公司|行|校|院)")


def open_cast(blocks: list[Block], register: Register) -> Cast:
    """The cast with whoever the whole report is about: named by its title, its letterhead or its signature."""
    cast = Cast(register)
    titles = _titles(blocks)
    name = _addressee(blocks) if any(_THANKS.search(_plain(block)) for block in titles) else None
    name = name or _self_report(blocks, register)
    name = name or next((n for block in titles if (n := title_name(block.text, register))), None)
    if name:
        cast.report = cast.current = cast.doer(name)
    return cast


def section_names(blocks: list[Block], register: Register) -> dict[int, str]:
    """Index of a block → the organization whose section begins with it."""
    signed = len(blocks) - _SIGNED
    found = {}
    for i, block in enumerate(blocks):
        if block.form is not Form.HEADING or _LETTER.match(block.text):
            continue
        name = heading_name(block.text, register)
        if name and not (i >= signed and not _is_followed_by_text(blocks[i + 1 :])):
            found[i] = name
    return found


def _is_followed_by_text(blocks: Iterable[Block]) -> bool:
    return any(block.form is not Form.HEADING for block in blocks)


def _titles(blocks: list[Block]) -> list[Block]:
    opening = []
    for block in blocks[:_TITLES]:
        if block.form is not Form.HEADING:
            break
        opening.append(block)
    return opening


def _plain(block: Block) -> str:
    return re.sub(r"\s", "", block.text)


def _addressee(blocks: list[Block]) -> str | None:
    return next((found["name"] for block in blocks[:_TITLES] if (found := _LETTER.match(block.text))), None)


def _self_report(blocks: list[Block], register: Register) -> str | None:
    """A report that says 我单位 is signed by whoever speaks."""
    if not any(_SELF.search(block.text) for block in blocks):
        return None
    for block in reversed(blocks[-_SIGNED:]):
        if block.form is Form.HEADING and (name := heading_name(block.text, register)):
            return name
    return None
