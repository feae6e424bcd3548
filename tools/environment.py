"""The virtual environment and the front end, each installed again only when its lock file has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from steps import SetupError, say, step

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
STATIC = ROOT / "build" / "static"
_LOCKS = {"base": ["base"], "dev": ["base", "dev", "spark"]}


Command = Sequence[str | Path]


def run(command: Command, *, check: bool = True, quiet: bool = False, variables: Mapping[str, str] | None = None) -> int:
    """Raises SetupError when a command that must succeed does not; a quiet one then shows what it said."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(variables or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        check=False,
    )
    if check and result.returncode:
        say((result.stdout or b"").decode(errors="replace").strip())
        raise SetupError(f"{Path(command[0]).name} {' '.join(map(str, command[1:4]))} … failed; its message is above.")
    return result.returncode


def python_packages(kind: str) -> None:
    """Install `requirements/base.txt`, for `dev` also `dev.txt` and `spark.txt`, exactly as locked."""
    if not PYTHON.exists():
        with step("Creating .venv"):
            _create_venv()
    locks = [REQUIREMENTS / f"{name}.txt" for name in _LOCKS[kind]]
    stamp, wanted = VENV / f".{kind}-installed", _fingerprint(locks, sys.version)
    if _is_stamped(stamp, wanted):
        return
    with step("Installing Python packages"):
        _install(locks)
        _make_importable()
    _stamp(stamp, wanted)


def front_end() -> None:
    """Install the locked npm packages and build `build/static`."""
    lock = ROOT / "package-lock.json"
    if not lock.exists():
        say("There is no package-lock.json, so no front end is built.")
        return
    _build_front_end(lock)


def translations() -> None:
    """Compile the catalogs that have changed."""
    folder = ROOT / "src" / "gongjian" / "locale"
    for catalog in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = catalog.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalog.stat().st_mtime:
            language = catalog.parents[1].name
            run([VENV / "bin" / "pybabel", "compile", "-l", language, "-i", catalog, "-o", compiled], quiet=True)


def _build_front_end(lock: Path) -> None:
    sources = [
        *sorted((ROOT / "tools").glob("*.mjs")),
        *sorted((ROOT / "src").rglob("icons.txt")),
        ROOT / "package.json",
    ]
    stamp, wanted = ROOT / "build" / ".built", _fingerprint([lock, *sources])
    if STATIC.is_dir() and _is_stamped(stamp, wanted):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SetupError("The pages are built with Node.js: install Node.js 18 or newer, with npm, and try again.")
    _install_node_modules(npm, lock)
    with step("Building the pages' scripts and styles"):
        run([npm, "run", "build"], quiet=True)
    _stamp(stamp, wanted)


def _install_node_modules(npm: str, lock: Path) -> None:
    stamp, wanted = ROOT / "node_modules" / ".installed", _fingerprint([lock])
    if not _is_stamped(stamp, wanted):
        with step("Installing npm packages"):
            run([npm, "ci", "--no-audit", "--no-fund"], quiet=True)
        _stamp(stamp, wanted)


def _create_venv() -> None:
    try:
        run([sys.executable, "-m", "venv", "--clear", VENV], quiet=True)
    except SetupError as error:
        raise SetupError(
            "Python could not create a virtual environment: install its venv module (Debian, Ubuntu: python3-venv)."
        ) from error


def _install(locks: Sequence[Path]) -> None:
    """With uv, ten times faster, where it works here; otherwise with pip."""
    files = [part for lock in locks for part in ("-r", str(lock))]
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--require-hashes",
    ]
    try:
        run([*pip, "-r", REQUIREMENTS / "bootstrap.txt"], quiet=True)
        uv: list[str | Path] = [
            VENV / "bin" / "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
        ]
        run([*uv, *files], quiet=True, variables=_index_for_uv())
    except SetupError:
        say("  uv did not manage; trying pip.")
        run([*pip, *files])


def _index_for_uv() -> dict[str, str]:
    """uv does not read pip's configuration, which may name the only index that this machine reaches."""
    configured = subprocess.run(
        [PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    index = os.environ.get("PIP_INDEX_URL") or configured.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}


def _make_importable() -> None:
    """What an editable installation would do, without a build tool."""
    site = next((VENV / "lib").glob("python3*")) / "site-packages"
    (site / "gongjian-checkout.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = VENV / "bin" / "gongjian"
    command.write_text(f"#!{PYTHON}\nimport sys\nfrom gongjian.cli import main\nsys.exit(main())\n", encoding="utf-8")
    command.chmod(0o755)


def _fingerprint(files: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    for text in (*more, str(ROOT)):
        digest.update(text.encode())
    return digest.hexdigest()


def _is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == wanted


def _stamp(stamp: Path, wanted: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="ascii")
