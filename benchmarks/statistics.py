"""Claim: scores over ten million deeds cost in the DuckDB engine what they cost written by hand, and Spark gives the same."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import synthetic_export
from benchmarks.harness import Measurement, fastest, say, seconds, step
from benchmarks.installation import BenchmarkError

NAME = "statistics"
AIM = 1.3
RUNS = 5
WORKERS = "local-cluster[2,1,2048]"
Result = TypeVar("Result")

BY_HAND = """
SELECT office, organization, sum(points) AS points FROM (
    SELECT office, organization, category,
           least(coalesce(sum(sign) FILTER (WHERE level >= 1 AND from_level < 1), 0), 20) AS points
    FROM read_parquet({files}, hive_partitioning = true, hive_types = {{'office': VARCHAR, 'year': INTEGER}}) AS records
    JOIN read_parquet('{kinds}') AS kinds USING (kind)
    WHERE organization IS NOT NULL GROUP BY ALL
) AS by_category GROUP BY ALL ORDER BY points DESC
"""


def measure(folder: Path, deeds: int) -> list[Measurement]:
    """Over a tenth of the deeds, the deeds and ten times as many. Raises BenchmarkError where two ways do not agree."""
    _set_up()
    rows, before = [], None
    for size in (deeds // 10, deeds, deeds * 10):
        with step(f"An export of {size:,} synthetic deeds"):
            export = synthetic_export.make(folder / f"export-{size}", size)
        row = _on_duckdb(export, size, before, judged=size == deeds)
        before = row
        rows.append(row)
        if size == deeds:
            rows.append(_on_spark(export, size))
    return rows


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.config.settings")
    import django

    django.setup()


def _question() -> Any:
    from gongjian.ledger.statistics.points import example_rules
    from gongjian.ledger.statistics.questions import Question

    return Question(rules=example_rules())


def _on_duckdb(export: Any, deeds: int, before: Measurement | None, *, judged: bool) -> Measurement:
    from gongjian.ledger.statistics.engines.duckdb import DuckDB
    from gongjian.ledger.statistics.questions import answer

    engine, files = DuckDB([export]), str([str(path) for path in export.records])
    sql = BY_HAND.format(files=files, kinds=export.list("kinds"))
    answered, ours = _timed(lambda: answer(engine, "scores", _question()))
    by_hand, hand = _timed(lambda: engine.database.execute(sql).fetchall())
    expected = {(office, organization): Decimal(points) for office, organization, points in by_hand}
    if {(row["office"], row["organization"]): row["points"] for row in answered} != expected:
        raise BenchmarkError("the engine and the query by hand differ")
    growth = f"; {ours / before.raw['seconds']:.1f} times a tenth of the deeds" if before else ""
    return Measurement(
        name=f"scores over {deeds:,} deeds, DuckDB",
        measured=f"{seconds(ours)}, {deeds / ours:,.0f} deeds/s{growth}",
        aim=f"≤ {AIM} of the query by hand" if judged else "",
        reference=f"DuckDB's SQL by hand: {seconds(hand)}",
        ratio=ours / hand,
        met=ours / hand <= AIM if judged else None,
        raw={"seconds": ours, "by_hand_seconds": hand, "deeds": deeds},
    )


def _on_spark(export: Any, deeds: int) -> Measurement:
    """In a process of its own, with the program's and the cluster's start."""
    from gongjian.kernel.errors import Invalid
    from gongjian.ledger.statistics.engines.duckdb import DuckDB
    from gongjian.ledger.statistics.engines.spark import check_installed
    from gongjian.ledger.statistics.questions import answer

    try:
        check_installed()
    except Invalid as missing:
        return Measurement(f"scores over {deeds:,} deeds, Spark", f"not measured: {missing}")
    command = [sys.executable, "-m", "gongjian", "ledger", "statistics", "scores", "--json", "--engine=spark"]
    started = time.perf_counter()
    with step(f"Spark with two workers over {deeds:,} deeds"):
        done = subprocess.run(
            [*command, f"--master={WORKERS}", f"--from={export.folder}", "--conf=spark.sql.shuffle.partitions=8"],
            capture_output=True,
            text=True,
            check=False,
        )
    elapsed = time.perf_counter() - started
    if done.returncode:
        raise BenchmarkError(f"spark failed: {done.stderr.strip()[-2000:]}")
    expected = json.loads(json.dumps(answer(DuckDB([export]), "scores", _question()), default=str))
    if json.loads(done.stdout)["statistics"]["scores"] != expected:
        raise BenchmarkError("Spark and DuckDB differ")
    say(f"  {len(expected):,} organizations: Spark and DuckDB agree.")
    return Measurement(
        name=f"scores over {deeds:,} deeds, Spark, two workers",
        measured=f"{seconds(elapsed)} with its start; the same numbers",
        aim="the same numbers",
        met=True,
        raw={"seconds": elapsed, "deeds": deeds},
    )


def _timed(act: Callable[[], Result]) -> tuple[Result, float]:
    """The result and the fastest of RUNS; the first, which fills the caches, does not count."""
    result, times = act(), []
    for _ in range(RUNS):
        started = time.perf_counter()
        result = act()
        times.append(time.perf_counter() - started)
    return result, fastest(times)
