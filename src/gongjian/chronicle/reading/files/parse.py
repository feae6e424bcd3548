"""The confined process: a file in, its text out. Run by `confined` as a program of its own; imports nothing of ours.

A refusal is its code on the last line of standard error; `confined` words it.
"""

import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterator

SECONDS = 25
MEMORY = 1024 * 1024 * 1024
UNPACKED_MOST = 60 * 1024 * 1024
MEMBERS_MOST = 3000
PAGES_MOST = 300
CHARACTERS_MOST = 400_000
"""More than reading accepts, so that the refusal can name the number."""


class RefusedError(Exception):
    """Its text is the code of the refusal."""


def text_of_word(content: bytes) -> str:
    from docx import Document

    _check_archive(content)
    return "\n".join(_lines(Document(io.BytesIO(content))))


def _check_archive(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        names = {member.filename.lower() for member in members}
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise RefusedError("macros")
        if "word/document.xml" not in names:
            raise RefusedError("not-word")
        if len(members) > MEMBERS_MOST or sum(member.file_size for member in members) > UNPACKED_MOST:
            raise RefusedError("bomb")
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and _declares(archive.read(member)):
                raise RefusedError("entities")


def _declares(part: bytes) -> bool:
    opening = part[:4096].replace(b"\x00", b"")
    return bool(re.search(rb"<!(?:DOCTYPE|ENTITY)", opening, re.IGNORECASE))


def _lines(document: object) -> Iterator[str]:
    from docx.table import Table

    for item in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(item, Table):
            for row in item.rows:
                cells = [cell.text.replace("\n", " ").strip() for cell in row.cells]
                yield "\t".join(cell for i, cell in enumerate(cells) if i == 0 or cell != cells[i - 1])
        else:
            yield item.text


def text_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("locked")
    if len(reader.pages) > PAGES_MOST:
        raise RefusedError("pages")
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > CHARACTERS_MOST:
            break
    text = "\n".join(pages)
    if len(re.sub(r"\s", "", text)) < 20:
        raise RefusedError("scanned")
    return text


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    read = {"word": text_of_word, "pdf": text_of_pdf}[sys.argv[1]]
    try:
        text = read(sys.stdin.buffer.read())
    except RefusedError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
