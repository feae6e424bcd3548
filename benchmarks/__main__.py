"""`python -m benchmarks`: measure every claim, or those that are named, and print them in one table."""

import argparse
import json
import logging
import os
import platform
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import (
    board,
    export,
    gate,
    intake,
    last_slot,
    load,
    matching,
    memory,
    pages,
    reading,
    record,
    roster,
    scoring,
    served,
    statistics,
    tasks,
    venues,
    verify,
    vote,
    writing,
)
from benchmarks.harness import Measurement, as_json, load_average, say, show, speed_of_machine, step
from benchmarks.installation import Installation

FROM_OUTSIDE = (load.NAME, verify.NAME, export.NAME)
ALONE = (roster.NAME, matching.NAME, reading.NAME, statistics.NAME)
IN_THE_OFFICE = (
    scoring.NAME,
    pages.NAME,
    writing.NAME,
    tasks.NAME,
    vote.NAME,
    record.NAME,
    board.NAME,
    intake.NAME,
    venues.NAME,
    last_slot.NAME,
    gate.NAME,
    served.NAME,
    memory.NAME,
)
OF_WHISTLES = {board.NAME, intake.NAME}


def main() -> int:
    options = _options()
    wanted = options.only or [*ALONE, *FROM_OUTSIDE, *IN_THE_OFFICE]
    small = Installation(options.folder / "small", options.deeds // 10, options.deeds // 100)
    in_office = options.deeds // 10 if options.office_deeds is None else options.office_deeds
    large = Installation(options.folder / "large", options.deeds, in_office)
    if options.anew and large.var.exists():
        large.erase()
    started = _surroundings(options.deeds)
    rows = list(_measure(wanted, small, large, options))
    show(rows)
    say(f"Load of the machine over 1, 5, 15 minutes: at the start {started['load']}, at the end {load_average()}.")
    say(f"Five million turns of an empty loop: at the start {started['loop']}, at the end {speed_of_machine()}.")
    if options.json:
        content = {**started, "load_at_end": load_average(), "measurements": as_json(rows)}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    return 1 if any(row.met is False for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--deeds", type=int, default=10_000_000, help="deeds in all, a tenth of them in one office")
    parser.add_argument("--office-deeds", type=int, help="how many of the deeds in one office (default: a tenth)")
    parser.add_argument("--whistles", type=int, default=1_000_000, help="whistles in the same office")
    parser.add_argument(
        "--only", action="append", choices=[*ALONE, *FROM_OUTSIDE, *IN_THE_OFFICE], help="may be given several times"
    )
    parser.add_argument("--minutes", type=float, default=2, help="how long memory is watched (60 for the claim's full hour)")
    parser.add_argument("--folder", type=Path, help="where the measured installations live (default: bench in the data folder)")
    parser.add_argument("--anew", action="store_true", help="load again even if there are as many deeds as asked")
    parser.add_argument("--json", type=Path, help="also write everything that was measured into this file")
    options = parser.parse_args()
    if options.deeds < 10_000:
        parser.error("--deeds must be at least 10000")
    from gongjian.kernel.embedded_postgres.places import var_folder

    options.folder = (options.folder or var_folder() / "bench").resolve()
    return options


def _surroundings(deeds: int) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "deeds": deeds,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": load_average(),
        "loop": speed_of_machine(),
    }


def _measure(wanted: list[str], small: Installation, large: Installation, options: argparse.Namespace) -> Iterator[Measurement]:
    if roster.NAME in wanted:
        yield from _careful(roster.NAME, roster.measure)
    if matching.NAME in wanted:
        yield from _careful(matching.NAME, matching.measure)
    if statistics.NAME in wanted:
        yield from _careful(statistics.NAME, lambda: statistics.measure(options.folder, options.deeds))
    if reading.NAME in wanted:
        yield from _careful(reading.NAME, reading.measure)
    if load.NAME in wanted:
        yield from _careful(load.NAME, lambda: load.measure(small))
    if verify.NAME in wanted:
        yield from _careful(verify.NAME, lambda: verify.measure(small, large))
    if export.NAME in wanted:
        yield from _careful(export.NAME, lambda: export.measure(small, large))
    if not set(IN_THE_OFFICE).isdisjoint(wanted):
        yield from _careful("the office", lambda: _in_the_office(wanted, large, options))


def _careful(name: str, act: Callable[[], list[Measurement]]) -> list[Measurement]:
    """One claim that cannot be measured does not hide the others."""
    try:
        with step(f"Claim: {name}"):
            return act()
    except Exception as error:
        traceback.print_exc()
        return [Measurement(name, f"not measured: {type(error).__name__}: {str(error)[:120]}", met=False)]


def _in_the_office(wanted: list[str], large: Installation, options: argparse.Namespace) -> list[Measurement]:
    large.ensure()
    if not OF_WHISTLES.isdisjoint(wanted):
        large.ensure_whistles(options.whistles)
    with _office_of(large) as (office, campaign):
        acts: dict[str, Callable[[], list[Measurement]]] = {
            scoring.NAME: lambda: scoring.measure(office, campaign),
            pages.NAME: lambda: pages.measure(office, campaign),
            writing.NAME: lambda: writing.measure(office, campaign),
            tasks.NAME: lambda: tasks.measure(office),
            vote.NAME: lambda: vote.measure(office),
            record.NAME: lambda: record.measure(large),
            board.NAME: lambda: board.measure(office),
            intake.NAME: lambda: intake.measure(large, office),
            venues.NAME: lambda: venues.measure(office),
            last_slot.NAME: lambda: last_slot.measure(large, office),
            gate.NAME: lambda: gate.measure(large, office),
            served.NAME: lambda: served.measure(office),
            memory.NAME: lambda: _memory(office, campaign, large, options.minutes),
        }
        return [row for name in IN_THE_OFFICE if name in wanted for row in _careful(name, acts[name])]


def _memory(office: Any, campaign: Any, large: Installation, minutes: float) -> list[Measurement]:
    from benchmarks.errands import make_traffic

    return memory.measure(large, make_traffic(office, campaign, memory.free_port()), minutes)


@contextmanager
def _office_of(large: Installation) -> Iterator[tuple[Any, Any]]:
    """This process becomes a part of the large installation; yields its first office, in scope, and its campaign."""
    os.environ.update(large.environment, DJANGO_SETTINGS_MODULE="gongjian.config.settings")
    os.environ.pop("DATABASE_URL", None)
    from gongjian.operations.database import running_database

    with running_database():
        import gongjian.config.wsgi  # noqa: F401  sets Django up, its log included

        _log_into(large.var / "benchmark.log")
        from django_scopes import scope

        from benchmarks.campaign import ensure_campaign
        from gongjian.ledger.synthetic.offices import first_office

        office = first_office()
        with scope(office=office):
            yield office, ensure_campaign(office)


def _log_into(file: Path) -> None:
    """The product's log, written as always but not between our lines."""
    stream = file.open("w", encoding="utf-8")
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)


if __name__ == "__main__":
    sys.exit(main())
