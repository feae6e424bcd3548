"""Everything that `make test` looks at, cheapest first; pytest comes last, so that its summary ends the output."""

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chromium import find_or_install
from environment import PYTHON, ROOT, VENV, run
from steps import say, step

_BIN = VENV / "bin"
_CODE = [name for name in ("src", "tests", "tools", "benchmarks", "demo") if (ROOT / name).is_dir()]
_TEMPLATES = ROOT / "src"

FORMATTERS: list[list[str | Path]] = [
    [_BIN / "ruff", "check", "--fix", "--exit-zero", "--quiet", *_CODE],
    [_BIN / "ruff", "format", "--quiet", *_CODE],
]
_STATIC: dict[str, list[str | Path]] = {
    "ruff check": [_BIN / "ruff", "check", *_CODE],
    "ruff format": [_BIN / "ruff", "format", "--check", *_CODE],
    "mypy": [_BIN / "mypy"],
    "import storeys": [_BIN / "lint-imports"],
    "templates": [_BIN / "djlint", "--lint", "--quiet", _TEMPLATES],
    "translations": [PYTHON, ROOT / "tools" / "messages.py", "check"],
    "migrations": [PYTHON, "-m", "gongjian", "makemigrations", "--check", "--dry-run"],
}


def run_everything(arguments: Sequence[str]) -> int:
    """Exit status 0 only when every check and every test passed."""
    failed = run_static()
    chromium = find_or_install()
    say(f"• Tests, with {chromium} …")
    status = run([_BIN / "pytest", "-n", "2", "--dist", "loadfile", *arguments], check=False, variables={"CHROMIUM": chromium})
    return status or failed


def run_static() -> int:
    """Two at a time, one for each core; what fails shows its output."""
    with step("Checks"), ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_check, _STATIC))
    failed = [name for name, passed in zip(_STATIC, results, strict=True) if not passed]
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _check(name: str) -> bool:
    started = time.monotonic()
    result = subprocess.run(
        [str(part) for part in _STATIC[name]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    passed = result.returncode == 0
    output = "" if passed else "\n" + result.stdout.decode(errors="replace").rstrip()
    say(f"  {'✓' if passed else '✗'} {name}: {time.monotonic() - started:.1f} s{output}")
    return passed
