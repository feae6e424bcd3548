"""An installation of its own for measuring: its data folder, its commands, its synthetic deeds."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness import say, step

_OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "GONGJIAN_MEDIA", "GONGJIAN_STATIC")


class BenchmarkError(RuntimeError):
    """What could not be measured, and why."""


@dataclass(frozen=True)
class Installation:
    """`deeds` synthetic ones, `office_deeds` of them in the first office."""

    var: Path
    deeds: int
    office_deeds: int

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
        return {**inherited, "GONGJIAN_VAR": str(self.var), "GONGJIAN_STATIC": str(self.var.parent / "static")}

    @property
    def _stamp(self) -> Path:
        return self.var / "loaded.json"

    @property
    def loaded(self) -> dict[str, Any]:
        """What `gongjian load` said when this was filled; empty before."""
        return json.loads(self._stamp.read_text(encoding="utf-8")) if self._stamp.exists() else {}

    def is_ready(self) -> bool:
        return (self.loaded.get("deeds"), self.loaded.get("office_deeds")) == (self.deeds, self.office_deeds)

    def ensure(self) -> None:
        """Fill it unless it has the asked size; bring it up to this release."""
        if not self.is_ready():
            self.fill()
            return
        say(f"  {self.deeds:,} deeds are there, loaded at {self.loaded['deeds_per_second']:,} deeds/s.")
        self.must("prepare")

    def fill(self) -> None:
        """Begin anew with exactly the asked deeds."""
        if self.var.exists():
            self.erase()
        self.must("prepare")
        with step(f"Loading {self.deeds:,} deeds"):
            said = self.must("load", "deeds", f"--count={self.deeds}", f"--office-deeds={self.office_deeds}", "--json")
        result = json.loads(said.splitlines()[-1]) | {"office_deeds": self.office_deeds}
        self._stamp.write_text(json.dumps(result), encoding="utf-8")

    def ensure_whistles(self, count: int) -> None:
        """Beside the deeds, unless as many were loaded before."""
        stamp = self.var / "whistles.json"
        if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8"))["whistles"] >= count:
            return
        with step(f"Loading {count:,} whistles"):
            stamp.write_text(self.must("load", "whistles", f"--count={count}", "--json").splitlines()[-1], encoding="utf-8")

    def erase(self) -> None:
        """Also where the database lives outside the folder. Refuses while another process uses it."""
        erase = "from gongjian.kernel import embedded_postgres as e; from gongjian.kernel.embedded_postgres.places import *"
        subprocess.run([sys.executable, "-c", f"{erase}; e.erase(var_folder())"], env=self.environment, check=True, timeout=600)
        shutil.rmtree(self.var)

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "gongjian", *arguments]
        return subprocess.Popen(command, env=self.environment, text=True, **options)

    def must(self, *arguments: str) -> str:
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said, complained = process.communicate()
        if process.returncode:
            raise BenchmarkError(f"gongjian {' '.join(arguments)} failed: {complained.strip()[-2000:]}")
        return said
