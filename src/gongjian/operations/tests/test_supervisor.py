"""The supervisor, with real child processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongjian.operations.supervisor import Child

SUPERVISE = """
import sys
from gongjian.operations.supervisor import Child, Supervisor, end_with_supervisor
folder = sys.argv[1]
script = '''
import os, signal, sys, time
from gongjian.operations.supervisor import end_with_supervisor
end_with_supervisor()
name, folder = sys.argv[1:]
def leave(*_):
    open(f"{folder}/order", "a").write(name + " ")
    sys.exit()
signal.signal(signal.SIGTERM, leave)
open(f"{folder}/{name}", "a").write(f"{os.getpid()} ")
time.sleep(60)
'''
children = [Child(name, [sys.executable, "-c", script, name, folder]) for name in ("web", "worker")]
sys.exit(Supervisor(children).run())
"""


def numbers(folder: Path, name: str) -> list[int]:
    path = folder / name
    return [int(number) for number in path.read_text().split()] if path.exists() else []


def wait_for(folder: Path, name: str, *, starts: int) -> list[int]:
    deadline = time.monotonic() + 120
    while len(numbers(folder, name)) < starts:
        assert time.monotonic() < deadline, f"{name} was not started {starts} times"
        time.sleep(0.02)
    return numbers(folder, name)


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervisor(tmp_path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for name in ("web", "worker"):
        wait_for(tmp_path, name, starts=1)
    return process


class TestSupervisor:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_ends_its_children_in_order(
        self, supervisor: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals
    ) -> None:
        supervisor.send_signal(number)
        supervisor.communicate(timeout=120)
        assert supervisor.returncode == 0
        assert (tmp_path / "order").read_text().split() == ["web", "worker"]

    def test_starts_a_killed_child_again_and_says_so(self, supervisor: "subprocess.Popen[str]", tmp_path: Path) -> None:
        (first,) = numbers(tmp_path, "web")
        os.kill(first, signal.SIGKILL)
        assert wait_for(tmp_path, "web", starts=2)[1] != first
        assert len(numbers(tmp_path, "worker")) == 1
        supervisor.terminate()
        said, _ = supervisor.communicate(timeout=120)
        assert "The web process ended (signal SIGKILL); starting it again in 0.5 s." in said

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
    def test_that_is_killed_takes_its_children_along(self, supervisor: "subprocess.Popen[str]", tmp_path: Path) -> None:
        children = numbers(tmp_path, "web") + numbers(tmp_path, "worker")
        supervisor.kill()
        supervisor.communicate()
        deadline = time.monotonic() + 120
        while any(map(is_alive, children)):
            assert time.monotonic() < deadline
            time.sleep(0.02)


class TestChild:
    def test_waits_longer_after_each_failure(self, capsys: pytest.CaptureFixture[str]) -> None:
        child = Child("hasty", [sys.executable, "-c", "raise SystemExit(3)"])
        pauses = []
        for _ in range(2):
            while child.failures == len(pauses):
                child.keep_alive()
                time.sleep(0.01)
            pauses.append(capsys.readouterr().err.strip().rsplit("in ", 1)[1])
        assert pauses == ["0.5 s.", "1 s."]

    def test_cleans_away_what_a_dead_child_left_behind(self, tmp_path: Path) -> None:
        leaves_an_orphan = f"""
import pathlib, subprocess, sys
orphan = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path({str(tmp_path / "orphan")!r}).write_text(str(orphan.pid))
sys.exit(1)
"""
        child = Child("careless", [sys.executable, "-c", leaves_an_orphan])
        while child.failures == 0:
            child.keep_alive()
            time.sleep(0.01)
        assert not is_alive(int((tmp_path / "orphan").read_text()))
