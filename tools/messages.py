"""Translations without gettext's own programs: collect the Chinese texts, check the English ones.

python tools/messages.py update     collect the texts of code and templates into the catalog; translations stay
python tools/messages.py check      fail where a translation is missing, unsure, unused or has other placeholders
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "gongjian"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def collected() -> Catalog:
    """Every text of the product. No line numbers, so that moving code changes nothing here."""
    catalog = Catalog(locale="en", header_comment="# The English texts of Gongjian.", charset="utf-8", fuzzy=False)
    for path in sorted(sources()):
        for _line, messages, _comments, context in extract("python", _as_python(path), keywords=KEYWORDS):
            catalog.add(messages, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return catalog


def sources() -> Iterator[Path]:
    for path in PACKAGE.rglob("*"):
        is_page = path.suffix in (".html", ".txt") and {"templates", "components"} & set(path.parts)
        if (path.suffix == ".py" or is_page) and not {"tests", "migrations"} & set(path.parts):
            yield path


def _as_python(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(text, origin=str(path)).split("\n")
        text = "\n".join(line.lstrip() for line in lines)  # a page's indentation is not Python's
    return io.BytesIO(text.encode())


def stored() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Messages that are new come without a translation; those no longer used are dropped."""
    fresh, known = collected(), stored() if PO.exists() else Catalog(locale="en")
    for message in fresh:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and _same_shape(message, old):
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_without_dates(fresh))
    missing = sum(1 for message in fresh if message.id and not _is_translated(message))
    print(f"{len(fresh)} texts, {missing} without an English translation: {PO.relative_to(ROOT)}")
    return 0


def _without_dates(catalog: Catalog) -> bytes:
    """Headers that change with every run would make two branches differ where their texts do not."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, sort_output=True, include_lineno=False)
    return re.sub(rb'^"(POT-|PO-|Last-|Language-Team|Report-|Project-|Generated-).*\n', b"", buffer.getvalue(), flags=re.M)


def check() -> int:
    faults = list(_faults(collected(), stored()))
    for fault in faults[:40]:
        print(fault)
    if faults:
        print(f"{len(faults)} faults. Run `make messages`, then translate in {PO.relative_to(ROOT)}.")
    return 1 if faults else 0


def _faults(fresh: Catalog, known: Catalog) -> Iterator[str]:
    for message in fresh:
        old = known.get(message.id, message.context) if message.id else None
        if message.id and (old is None or not _is_translated(old)):
            yield f"missing: {_shown(message)}"
        elif message.id and old is not None and (old.fuzzy or not _same_placeholders(old)):
            yield f"{'unsure' if old.fuzzy else 'other placeholders'}: {_shown(old)}"
    for old in known:
        if old.id and fresh.get(old.id, old.context) is None:
            yield f"unused: {_shown(old)}"


def _same_shape(message: Message, old: Message) -> bool:
    return isinstance(message.id, tuple) == isinstance(old.id, tuple)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def _same_placeholders(message: Message) -> bool:
    """A plural's singular may leave the number out."""
    if isinstance(message.id, tuple):
        return _placeholders(message.id[1]) == _placeholders(message.string[-1])
    return _placeholders(message.id) == _placeholders(message.string)


def _placeholders(text: str) -> list[str]:
    return sorted(found for found in _PLACEHOLDER.findall(text.replace("%%", "")) if found not in ("{}",))


def _shown(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])[:80]


def main() -> int:
    settings.configure(USE_I18N=True)
    commands = {"update": update, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__)
        return 2
    return commands[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
