"""What a claim reports, and how it is said."""

import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Measurement:
    """One row of the table. `met` None where nothing was aimed at; `ratio` is measured : reference."""

    name: str
    measured: str
    aim: str = ""
    reference: str = ""
    ratio: float | None = None
    met: bool | None = None
    raw: dict[str, Any] = field(default_factory=dict)


def say(line: str) -> None:
    print(line, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    say(f"• {name} …")
    started = time.monotonic()
    yield
    say(f"  {name}: {time.monotonic() - started:.1f} s")


def fastest(times: Sequence[float]) -> float:
    """The fastest of several runs is the one that others disturbed least."""
    return min(times)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def speed_of_machine() -> str:
    """How long a plain loop takes now: what is measured on a machine that others use slows down with it."""
    started, processor = time.perf_counter(), time.process_time()
    for _number in range(5_000_000):
        pass
    return f"{time.process_time() - processor:.2f} s processor, {time.perf_counter() - started:.2f} s by the clock"


def load_average() -> str:
    """How busy the machine is, over 1, 5 and 15 minutes."""
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def as_json(measurements: Sequence[Measurement]) -> list[dict[str, Any]]:
    return [asdict(measurement) for measurement in measurements]


def show(measurements: Sequence[Measurement]) -> None:
    table = Table("", "name", "measured", "aim", "reference in the same run", "ratio")
    for row in measurements:
        mark = {True: "✓", False: "✗", None: "·"}[row.met]
        ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
        table.add_row(mark, row.name, row.measured, row.aim, row.reference, ratio)
    Console(width=max(150, Console().width)).print(table)
