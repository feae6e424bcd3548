"""Brings a checkout from nothing to a demo, a test run or a page of documentation: `make` calls it.

Only the standard library: it runs before anything is installed.
"""

import argparse
import os
import shutil
import sys

if sys.version_info < (3, 11):  # noqa: UP036  said plainly instead of failing further down
    for newer in ("python3.14", "python3.13", "python3.12", "python3.11"):
        if shutil.which(newer):
            os.execvp(newer, [newer, *sys.argv])
    sys.exit(f"Gongjian needs Python 3.11 or newer, and this is Python {sys.version_info[0]}.{sys.version_info[1]}.")

import checks
import cleaning
from environment import PYTHON, ROOT, front_end, python_packages, run, translations
from steps import SetupError, step


def demo(options: argparse.Namespace) -> int:
    python_packages("base")
    front_end()
    translations()
    flags = [*(["--reset"] if options.reset else []), *([] if options.serve else ["--no-serve"])]
    os.execv(PYTHON, [str(PYTHON), "-m", "gongjian", "demo", "--port", str(options.port), *flags])


def test(options: argparse.Namespace) -> int:
    python_packages("dev")
    front_end()
    translations()
    return checks.run_everything(options.arguments)


def lint(options: argparse.Namespace) -> int:
    python_packages("dev")
    return checks.run_static()


def format_(options: argparse.Namespace) -> int:
    python_packages("dev")
    for command in checks.FORMATTERS:
        run(command)
    return 0


def bench(options: argparse.Namespace) -> int:
    python_packages("dev")
    front_end()
    translations()
    return run([PYTHON, "-m", "benchmarks", *options.arguments], check=False)


def docs(options: argparse.Namespace) -> int:
    python_packages("dev")
    with step("Building the documentation"):
        return run([PYTHON, "-m", "mkdocs", "build", "--strict", "--quiet"], check=False)


def messages(options: argparse.Namespace) -> int:
    python_packages("dev")
    return run([PYTHON, ROOT / "tools" / "messages.py", *(options.arguments or ["update"])], check=False)


def clean(options: argparse.Namespace) -> int:
    cleaning.clean(everything=options.all)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make")
    commands = parser.add_subparsers(required=True)
    for name, act in {
        "demo": demo,
        "test": test,
        "lint": lint,
        "format": format_,
        "bench": bench,
        "docs": docs,
        "messages": messages,
        "clean": clean,
    }.items():
        command = commands.add_parser(name)
        command.set_defaults(act=act)
        command.add_argument("--port", type=int, default=8000)
        command.add_argument("--reset", action="store_true")
        command.add_argument("--no-serve", dest="serve", action="store_false")
        command.add_argument("--all", action="store_true")
        command.add_argument("arguments", nargs="*")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        options = _options()
        sys.exit(options.act(options))
    except SetupError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)
