"""The real command, in a process and an installation of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "GONGJIAN_MEDIA", "GONGJIAN_STATIC", "PORT")


class Installation:
    def __init__(self, var: Path) -> None:
        self.var = var
        inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
        self.environment = {**inherited, "GONGJIAN_VAR": str(var)}

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            _command(arguments), env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )

    def must(self, *arguments: str | Path) -> str:
        result = self.run(*arguments)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def start(self, *arguments: str | Path, log: Path) -> "subprocess.Popen[bytes]":
        with log.open("wb") as output:
            return subprocess.Popen(_command(arguments), env=self.environment, stdout=output, stderr=output)


def _command(arguments: tuple[str | Path, ...]) -> list[str]:
    return [sys.executable, "-m", "gongjian", *map(str, arguments)]


def wait_until(condition: Callable[[], object], *, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
