"""Keeps child processes alive, and ends them in order.

Each child leads a process group of its own: a key pressed at the terminal reaches only the supervisor, and what a
killed child leaves behind can be cleaned away with its group.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

from gongjian.operations.speech import warn

POLL_SECONDS = 0.2
GRACE_SECONDS = 15.0
STEADY_SECONDS = 60.0
"""A child that lived this long starts with a clean slate when it dies."""
MOST_FAILURES = 8
LONGEST_PAUSE = 30.0


class Child:
    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start = 0.0
        self.failures = 0

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def keep_alive(self) -> None:
        if self.is_alive:
            return
        if self._process is not None:
            self._note_death(self._process)
        if self._process is None and time.monotonic() >= self._next_start:
            self._start()

    def stop(self) -> None:
        """Ask, wait, insist."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        self._end_group(self._process)
        self._process = None

    def _start(self) -> None:
        self._started = time.monotonic()
        self._process = subprocess.Popen(self._command, start_new_session=True, env={**os.environ, **_SUPERVISED})  # noqa: S603

    def _note_death(self, process: subprocess.Popen[bytes]) -> None:
        self._end_group(process)
        lived = time.monotonic() - self._started
        self.failures = 1 if lived > STEADY_SECONDS else self.failures + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1))
        self._next_start = time.monotonic() + pause
        self._process = None
        warn(f"The {self.name} process ended ({_reason(process.returncode)}); starting it again in {pause:g} s.")

    @staticmethod
    def _end_group(process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Supervisor:
    def __init__(self, children: Sequence[Child], *, chores: Sequence[Callable[[], None]] = ()) -> None:
        """The chores are done in every round, several times a second."""
        self._children = children
        self._chores = chores
        self._stop = threading.Event()

    def run(self) -> int:
        """Until a signal comes, or a child will not stay up; the exit status. Children end in their given order."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            return self._watch()
        finally:
            for child in self._children:
                child.stop()

    def _watch(self) -> int:
        while not self._stop.wait(POLL_SECONDS):
            for chore in self._chores:
                chore()
            for child in self._children:
                child.keep_alive()
                if child.failures >= MOST_FAILURES:
                    warn(f"The {child.name} process does not stay up; see its messages above. Stopping.")
                    return 1
        return 0

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def end_with_supervisor() -> None:
    """Called by a child: end, too, when the supervisor is killed without a chance to say goodbye."""
    if os.environ.get(_VARIABLE) and sys.platform == "linux":
        import ctypes

        parent_death_signal = 1
        ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGTERM)


_VARIABLE = "GONGJIAN_SUPERVISED"
_SUPERVISED = {_VARIABLE: "1"}


def _reason(status: int) -> str:
    return f"status {status}" if status >= 0 else f"signal {signal.Signals(-status).name}"
