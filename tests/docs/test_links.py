"""What the documentation names exists: links, anchors, files, commands and environment variables."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "demo" / "README.md"],
)
CODE = [path for folder in ("src", "tools") for path in (ROOT / folder).rglob("*.py") if "tests" not in path.parts]
CONFIGURATION = ROOT / "docs" / "operators" / "configuration.md"

_FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_FOLDERS = ("src/", "docs/", "tests/", "tools/", "demo/", "benchmarks/", "requirements/")
_READ = re.compile(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["']([A-Z][A-Z0-9_]+)["']""")
_CONSTANT = re.compile(r"""^[A-Z_]*VARIABLE\s*=\s*["']([A-Z][A-Z0-9_]+)["']""", re.MULTILINE)
_SECRET = re.compile(r"""secret\(["'](\w+)["']""")


def page_ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Without fenced examples, which show what a reader is about to make."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """As Python-Markdown makes them."""
    headings = (re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", found) for found in _HEADING.findall(prose(page)))
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=page_ids)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def of_some_room(path: str) -> Iterator[Path]:
    """`tests/matrix.py` is a file that rooms have."""
    return ROOT.glob(f"src/gongjian/**/{path}") if path.startswith("tests/") else iter(())


@pytest.mark.parametrize("page", PAGES, ids=page_ids)
def test_every_file_named_in_backticks_exists(page: Path) -> None:
    named = (span.split("::")[0] for span in _CODE_SPAN.findall(prose(page)))
    paths = {span for span in named if span.startswith(_FOLDERS) and " " not in span}
    missing = sorted(path for path in paths if not any(map(list, (ROOT.glob(path.rstrip("/")), of_some_room(path)))))
    assert not missing


def variables_read() -> set[str]:
    found: set[str] = set()
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        found.update(_READ.findall(text), _CONSTANT.findall(text))
        found.update(f"GONGJIAN_{name.upper()}" for name in _SECRET.findall(text))
    return found


def test_the_code_is_searched_where_it_reads() -> None:
    assert {"DATABASE_URL", "GONGJIAN_VAR", "GONGJIAN_SECRET_KEY", "PORT"} <= variables_read()


def test_every_variable_that_the_code_reads_is_documented() -> None:
    assert not variables_read() - set(_CODE_SPAN.findall(CONFIGURATION.read_text(encoding="utf-8")))


def test_every_documented_variable_is_read_by_the_code() -> None:
    named = {span for page in PAGES for span in re.findall(r"\bGONGJIAN_[A-Z_]+[A-Z]\b", page.read_text(encoding="utf-8"))}
    assert not named - variables_read()


def test_no_page_loads_anything_from_elsewhere() -> None:
    """The documentation is read on an intranet: no pictures, scripts or styles of other hosts."""
    loading = re.compile(r"!\[[^\]]*\]\(https?:|<(?:script|img|link|iframe)[^>]+https?:")
    assert not [page_ids(page) for page in PAGES if loading.search(page.read_text(encoding="utf-8"))]


def test_every_decision_states_what_it_costs() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert decisions
    for page in decisions:
        headings = _HEADING.findall(page.read_text(encoding="utf-8"))
        assert headings[1:] == ["Context", "Decision", "What it costs"], page.name
        assert headings[0].startswith(page.name[:4])


def test_every_dependency_has_its_line() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = set(re.findall(r'^    "([A-Za-z0-9_-]+)(?:\[[\w,-]+\])?(?:[><=].*)?",?$', project, re.MULTILINE))
    page = (ROOT / "docs" / "development" / "dependencies.md").read_text(encoding="utf-8")
    rows = {name.strip().lower() for row in re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE) for name in row.split(",")}
    assert {"django", "pytest"} <= {name.lower() for name in declared}
    assert not {name.lower() for name in declared} - rows
