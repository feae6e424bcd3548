"""Reading labelled texts: a CSV file with the columns `text` and `label`, plain or gzipped."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid, Missing

LONGEST_FIELD = 10_000_000


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Raises Missing without a file, Invalid for a file without the columns, with an empty cell, or not in UTF-8."""
    csv.field_size_limit(LONGEST_FIELD)
    try:
        with _open(path) as file:
            reader = csv.DictReader(file)
            _check_columns(reader.fieldnames)
            for row in reader:
                yield _pair(row, reader.line_num)
    except FileNotFoundError as error:
        raise Missing(_("没有这个文件：{path}").format(path=path), code="file-missing") from error
    except (UnicodeDecodeError, csv.Error, gzip.BadGzipFile, EOFError) as error:
        raise Invalid(_("文件读不出来，应为 UTF-8 的 CSV（可用 gzip 压缩）。"), code="csv-unreadable") from error


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """Gzip is told by the file's first bytes, not by its name."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with (gzip.open if packed else open)(path, "rt", encoding="utf-8-sig", newline="") as text:  # type: ignore[operator]
        yield text


def _check_columns(names: Sequence[str] | None) -> None:
    missing = [name for name in ("text", "label") if name not in (names or ())]
    if missing:
        raise Invalid(_("文件缺少这些列：{columns}").format(columns="、".join(missing)), code="columns-missing")


def _pair(row: dict[str, str | None], line: int) -> tuple[str, str]:
    text, label = row["text"] or "", row["label"] or ""
    if not text.strip() or not label.strip():
        raise Invalid(_("第 {line} 行没有文字或没有类别。").format(line=line), code="pair-empty")
    return text, label
