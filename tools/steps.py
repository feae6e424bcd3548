"""Steps that say what they do and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupError(RuntimeError):
    """One sentence: what is wrong and what to do."""


@contextmanager
def step(name: str) -> Iterator[None]:
    say(f"• {name} …")
    started = time.monotonic()
    yield
    say(f"  {name}: {time.monotonic() - started:.1f} s")


def say(line: str) -> None:
    print(line, flush=True)
    sys.stderr.flush()
