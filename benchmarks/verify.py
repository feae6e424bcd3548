"""Claim: `gongjian ledger verify` hashes every record again in memory that does not grow with the ledger."""

import json
from dataclasses import dataclass

from benchmarks.harness import Measurement, say, step
from benchmarks.installation import BenchmarkError, Installation
from benchmarks.processes import MEBIBYTE
from benchmarks.watching import watched

NAME = "verify"
ALLOWED_GROWTH = 1.15
"""Of ten times the ledger's size; what allocators and caches differ by from run to run."""


@dataclass(frozen=True)
class Run:
    """`peak` and `server_peak` in bytes: the command's resident memory, and a server process's own beyond shared buffers."""

    deeds: int
    records: int
    elapsed: float
    client: float
    server: float
    peak: int
    server_peak: int

    @property
    def deeds_per_core_second(self) -> float:
        return self.deeds / (self.client + self.server)


def measure(small: Installation, large: Installation) -> list[Measurement]:
    runs = []
    for installation in (small, large):
        installation.ensure()
        with step(f"Verifying {installation.deeds:,} deeds"):
            runs.append(verify(installation))
    return [*map(_speed, runs), _memory(*runs)]


def verify(installation: Installation) -> Run:
    """Raises BenchmarkError when it finds a fault."""
    seen = watched(installation, "ledger", "verify", "--json", allowed=(0, 1))
    report = json.loads(seen.said)
    if report["fault"]:
        raise BenchmarkError(f"verify found: {report['fault']}")
    deeds, records = report["deeds"], report["deeds"] + report["confirmations"]
    say(f"  {deeds:,} deeds, {records:,} records, {report['seals']:,} seals: they fit.")
    return Run(deeds, records, seen.elapsed, seen.client, seen.server, seen.peak, seen.server_peak)


def _speed(run: Run) -> Measurement:
    return Measurement(
        name=f"verify {run.deeds:,} deeds",
        measured=f"{run.deeds_per_core_second:,.0f} deeds/s per core "
        f"({run.client:.1f} s command + {run.server:.1f} s server, {run.elapsed:.1f} s by the clock)",
        raw=vars(run) | {"deeds_per_core_second": run.deeds_per_core_second},
    )


def _memory(small: Run, large: Run) -> Measurement:
    growth = max(large.peak / small.peak, large.server_peak / small.server_peak)
    return Measurement(
        name=f"verify: memory at {large.deeds:,} deeds",
        measured=f"{_mebibytes(large)}",
        aim="does not grow with the ledger",
        reference=f"at {small.deeds:,} deeds: {_mebibytes(small)}",
        ratio=growth,
        met=growth <= ALLOWED_GROWTH,
        raw={"small": vars(small), "large": vars(large)},
    )


def _mebibytes(run: Run) -> str:
    return f"{run.peak / MEBIBYTE:.0f} MB command + {run.server_peak / MEBIBYTE:.0f} MB server"
