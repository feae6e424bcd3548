"""One PostgreSQL server process: is it there, start it, stop it."""

import contextlib
import shlex
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from gongjian.kernel.embedded_postgres.accounts import ServerAccount
from gongjian.kernel.embedded_postgres.configuration import write_configuration
from gongjian.kernel.embedded_postgres.connection import PORT, SUPERUSER
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.folders import private_folder
from gongjian.kernel.embedded_postgres.places import SOCKET_NAME, Places

START_SECONDS = 300
"""Recovery after a power cut replays the log before the first connection."""
_ORPHAN_SECONDS = 15
_OF_ORPHANS = ("still in use", "unexpected postmaster exit")
"""What a new server says while orphans of a killed one live, and what an orphan says when it goes."""
_ACCEPTS, _REJECTS = 0, 1


@dataclass(frozen=True)
class Postmaster:
    places: Places
    account: ServerAccount
    programs: Path
    durable: bool = True

    def run(self, program: str, *arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
        return self.account.run([self.programs / program, *arguments], text=text)

    def ensure_started(self) -> None:
        """Find the running server, wait for one that is recovering, replace one that does not answer."""
        if not self._accepts_in_time():
            self.stop()
            self._start()

    def stop(self) -> None:
        if self.process() is None:
            return
        result = self.run("pg_ctl", "stop", "-D", self.places.data, "-m", "fast", "-w", "-t", str(START_SECONDS))
        if result.returncode and self.process() is not None:
            raise EmbeddedPostgresError(f"The database did not stop: {result.stderr.strip()}")

    def process(self) -> psutil.Process | None:
        """The living server of this data folder; a stale file that names somebody else's process is no server."""
        try:
            number = int((self.places.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(number)
            return process if works_in(process, self.places.data) else None
        except (FileNotFoundError, ValueError, psutil.Error):
            return None

    def _accepts_in_time(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while (answer := self._answer()) == _REJECTS and time.monotonic() < deadline:
            time.sleep(0.2)
        return answer == _ACCEPTS

    def _answer(self) -> int:
        return self.run("pg_isready", "-q", "-h", self.places.socket, "-p", PORT, "-d", SUPERUSER).returncode

    def _start(self) -> None:
        """Start, waiting a little for the orphans of a killed server to let go of its memory."""
        private_folder(self.places.socket, self.account)
        write_configuration(self.places, self.account, durable=self.durable)
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while (trouble := self._try_start()) is not None:
            if not any(words in trouble for words in _OF_ORPHANS) or time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"The database did not start: {trouble}")
            time.sleep(0.3)

    def _try_start(self) -> str | None:
        """Stale lock files name processes that may be somebody else's by now; that no server lives was checked."""
        for stale in (self.places.data / "postmaster.pid", self.places.socket / f"{SOCKET_NAME}.lock", self.places.log):
            stale.unlink(missing_ok=True)
        options = shlex.join(["-c", f"config_file={self.places.configuration}"])
        result = self.run(
            *("pg_ctl", "start", "-D", self.places.data, "-w", "-s", "-t", str(START_SECONDS)),
            *("-l", self.places.log, "-o", options),
        )
        return None if result.returncode == 0 else self._complaint(result.stderr)

    def _complaint(self, otherwise: str) -> str:
        """What the server said was wrong, before or after its log collector took over."""
        collected = sorted((self.places.data / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
        logs = [log for log in [self.places.log, *collected[-1:]] if log.exists()]
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()[-20:]]
        return next((line for line in reversed(lines) if " FATAL: " in line or " PANIC: " in line), otherwise.strip())


def end_servers_of_deleted_data(data: Path) -> None:
    """End a server whose folder was removed under it: it would take the new server's socket with it when it notices."""
    end_servers_in(Path(f"{data} (deleted)"))


def end_servers_in(folder: Path) -> None:
    """Immediate shutdown, which still gives shared memory back; nothing is written to the folder."""
    processes = [process for process in psutil.process_iter() if works_in(process, folder)]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGQUIT)
    for process in psutil.wait_procs(processes, timeout=_ORPHAN_SECONDS)[1]:
        process.kill()


def works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether this is a PostgreSQL process at work in `folder`: the server and its children stay in their data."""
    try:
        return bool(process.name().startswith("postgres") and Path(process.cwd()) == folder)
    except psutil.Error:
        return False
