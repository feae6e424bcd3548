"""`gongjian demo`: prepare, play the demo neighborhood (the management command of the same name), serve."""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gongjian.kernel.embedded_postgres import erase
from gongjian.kernel.embedded_postgres.places import var_folder
from gongjian.operations import ports
from gongjian.operations.database import is_embedded, running_database
from gongjian.operations.errors import OperationError
from gongjian.operations.speech import say


def demo(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    if options.serve:
        ports.require_free(options.host, options.port)
    if options.reset:
        with step("Deleting the old demo"):
            _reset()
    _play(ports.address(options.host, options.port))
    return _serve(options.host, options.port) if options.serve else 0


@contextmanager
def step(name: str) -> Iterator[None]:
    say(f"• {name} …")
    started = time.monotonic()
    yield
    say(f"  {name}: {time.monotonic() - started:.1f} s")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongjian demo", description="Play the demo neighborhood, then serve it.")
    ports.add_address_options(parser)
    parser.add_argument("--reset", action="store_true", help="delete the embedded database and all files, begin anew")
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="prepare and exit")
    return parser


def _play(address: str) -> None:
    import django
    from django.core.management import call_command

    from gongjian.operations.prepare import prepare_installation

    os.environ["GONGJIAN_URL"] = address
    os.environ.setdefault("GONGJIAN_TEST_CHANNEL", "1")
    with running_database():
        with step("Preparing database and pages"):
            django.setup()
            prepare_installation()
        with step("Playing the neighborhood"), _said_plainly():
            call_command("demo")


@contextmanager
def _said_plainly() -> Iterator[None]:
    from django.core.management import CommandError

    try:
        yield
    except CommandError as error:
        raise OperationError(str(error)) from error


def _serve(host: str, port: int) -> int:
    """Become the server; this process has grown by what the demo needed."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "gongjian", "serve", "--prepared", "--host", host, "--port", str(port)]
    os.execv(sys.executable, command)  # noqa: S606


def _reset() -> None:
    if not is_embedded():
        raise OperationError("--reset deletes everything and is only for the embedded database: unset DATABASE_URL.")
    erase(var_folder())
    media = Path(os.environ.get("GONGJIAN_MEDIA", var_folder() / "media"))
    for path in media.iterdir() if media.is_dir() else []:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
