"""Claim: `gongjian ledger export` writes the sealed ledger in memory that does not grow with it, and later only what is new."""

import json
import shutil
from dataclasses import dataclass

from benchmarks.harness import Measurement, seconds, step
from benchmarks.installation import BenchmarkError, Installation
from benchmarks.processes import MEBIBYTE
from benchmarks.watching import Seen, watched

NAME = "export"
ALLOWED_GROWTH = 1.3
"""Of ten times the ledger's size; a portion is sorted and written at one go, and the small ledger may be less than one."""


@dataclass(frozen=True)
class Run:
    deeds: int
    records: int
    size: int
    seen: Seen
    again: float


def measure(small: Installation, large: Installation) -> list[Measurement]:
    runs = []
    for installation in (small, large):
        installation.ensure()
        with step(f"Exporting {installation.deeds:,} deeds"):
            runs.append(_export(installation))
    return [*map(_speed, runs), _memory(*runs)]


def _export(installation: Installation) -> Run:
    folder = installation.var.parent / f"export-{installation.var.name}"
    shutil.rmtree(folder, ignore_errors=True)
    seen = watched(installation, "ledger", "export", str(folder), "--json")
    said = json.loads(seen.said)
    again = watched(installation, "ledger", "export", str(folder), "--json")
    if said["fresh"] != said["records"] or json.loads(again.said)["fresh"]:
        raise BenchmarkError("the first export left something, or the second found something new")
    watched(installation, "ledger", "export", str(folder), "--check")
    return Run(installation.deeds, said["records"], said["bytes"], seen, again.elapsed)


def _speed(run: Run) -> Measurement:
    seen = run.seen
    return Measurement(
        name=f"export {run.deeds:,} deeds, {run.records:,} records",
        measured=f"{run.records / seen.elapsed:,.0f} records/s, {seen.elapsed:.1f} s "
        f"({seen.client:.1f} s command + {seen.server:.1f} s server of processor), {run.size / MEBIBYTE:.0f} MB",
        reference=f"again, with nothing new: {seconds(run.again)}",
        raw={"deeds": run.deeds, "records": run.records, "bytes": run.size, "again": run.again, **vars(seen)},
    )


def _memory(small: Run, large: Run) -> Measurement:
    growth = max(large.seen.peak / small.seen.peak, large.seen.server_peak / small.seen.server_peak)
    return Measurement(
        name=f"export: memory at {large.deeds:,} deeds",
        measured=_mebibytes(large.seen),
        aim="does not grow with the ledger",
        reference=f"at {small.deeds:,} deeds: {_mebibytes(small.seen)}",
        ratio=growth,
        met=growth <= ALLOWED_GROWTH,
    )


def _mebibytes(seen: Seen) -> str:
    return f"{seen.peak / MEBIBYTE:.0f} MB command + {seen.server_peak / MEBIBYTE:.0f} MB server"
