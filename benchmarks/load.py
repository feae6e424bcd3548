"""Claim: `gongjian load deeds` against a bare COPY of the same rows into a table without any index.

The load makes the rows up, checks every constraint, keeps nine indexes, confirms two deeds of three, and seals everything
into the Merkle log; the COPY does nothing but store finished rows.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from benchmarks.harness import Measurement, step
from benchmarks.installation import Installation

NAME = "load"


def measure(installation: Installation) -> list[Measurement]:
    """Fills `installation` anew."""
    installation.fill()
    loaded = installation.loaded
    with database(installation.var) as connection, step("Copying the same rows bare"):
        bare = loaded["deeds"] / bare_copy(connection)
    measured = loaded["deeds"] / loaded["seconds"]
    return [
        Measurement(
            name=f"load {loaded['deeds']:,} deeds, sealed",
            measured=f"{measured:,.0f} deeds/s (and {loaded['confirmations']:,} confirmations)",
            reference=f"COPY without an index: {bare:,.0f} rows/s",
            ratio=measured / bare,
            raw={"deeds_per_second": measured, "bare_rows_per_second": bare, **loaded},
        )
    ]


@contextmanager
def database(var: Path) -> Iterator[psycopg.Connection]:
    """A plain connection to the server of `var`, which runs at least as long as the block."""
    from gongjian.kernel import embedded_postgres
    from gongjian.kernel.embedded_postgres.connection import NAME as DATABASE
    from gongjian.kernel.embedded_postgres.connection import conninfo
    from gongjian.kernel.embedded_postgres.places import locate

    server = embedded_postgres.ensure_running(var)
    try:
        with psycopg.connect(conninfo(locate(var), DATABASE), autocommit=True) as connection:
            yield connection
    finally:
        server.release()


def bare_copy(connection: psycopg.Connection) -> float:
    """Seconds to copy all deeds, as finished text, into a table that has their columns and nothing else."""
    with tempfile.TemporaryFile() as rows:
        _write_rows(connection, rows)
        connection.execute("DROP TABLE IF EXISTS bench_bare")
        connection.execute("CREATE TABLE bench_bare (LIKE ledger_deed)")
        try:
            return _copy_in(connection, rows)
        finally:
            connection.execute("DROP TABLE bench_bare")


def _write_rows(connection: psycopg.Connection, rows: IO[bytes]) -> None:
    with connection.cursor().copy("COPY ledger_deed TO STDOUT") as copy:
        for part in copy:
            rows.write(part)


def _copy_in(connection: psycopg.Connection, rows: IO[bytes]) -> float:
    rows.seek(0)
    started = time.perf_counter()
    with connection.cursor().copy("COPY bench_bare FROM STDIN") as copy:
        while part := rows.read(1 << 20):
            copy.write(part)
    return time.perf_counter() - started
