"""Making a cluster, and its roles, without ever opening it to a weaker way of signing in."""

import secrets
import shutil
import sys

from gongjian.kernel.embedded_postgres.binaries import major_version
from gongjian.kernel.embedded_postgres.connection import SUPERUSER, USER, read_password
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.folders import private_file, private_folder
from gongjian.kernel.embedded_postgres.postmaster import Postmaster, end_servers_of_deleted_data

# The C type of characters would leave Chinese text without trigrams.
_CHARACTER_TYPE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
_LOCALE = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--lc-ctype={_CHARACTER_TYPE}",
]


def ensure_cluster(postmaster: Postmaster) -> None:
    """Make the cluster on the first run; later check that these programs can read it."""
    if postmaster.places.data.exists():
        _check_version(postmaster)
    else:
        _make(postmaster)
    if not read_password(postmaster.places):
        renew_password(postmaster)


def renew_password(postmaster: Postmaster) -> None:
    """Set a new password through the single-user server: no other server may be running, and nobody can connect."""
    postmaster.stop()
    password = secrets.token_urlsafe(32)
    _as_superuser(
        postmaster,
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{USER}') THEN CREATE ROLE {USER}; "
        f"END IF; END $$;\nALTER ROLE {USER} LOGIN CREATEDB PASSWORD '{password}';\n",
    )
    private_file(postmaster.places.password, f"{password}\n")


def _make(postmaster: Postmaster) -> None:
    """Build in a draft folder and rename it, so that a cluster exists wholly or not at all."""
    places = postmaster.places
    end_servers_of_deleted_data(places.data)
    shutil.rmtree(places.draft, ignore_errors=True)
    places.password.unlink(missing_ok=True)
    private_folder(places.draft, postmaster.account)
    result = postmaster.run(
        "initdb", "--pgdata", places.draft, "--username", SUPERUSER, "--auth=reject", "--no-instructions", *_LOCALE
    )
    if result.returncode:
        raise EmbeddedPostgresError(f"The database could not be created in {places.home}: {result.stderr.strip()}")
    places.draft.rename(places.data)


def _as_superuser(postmaster: Postmaster, statements: str) -> None:
    strict = ["-c", "exit_on_error=true", "-c", "log_min_error_statement=panic"]
    result = postmaster.run("postgres", "--single", "-D", postmaster.places.data, *strict, SUPERUSER, text=statements)
    if result.returncode:
        raise EmbeddedPostgresError(f"The database's password could not be set: {result.stderr.strip()}")


def _check_version(postmaster: Postmaster) -> None:
    written_by = (postmaster.places.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if written_by != major_version():
        raise EmbeddedPostgresError(
            f"{postmaster.places.data} was written by PostgreSQL {written_by}, but version {major_version()} is "
            "installed: make a backup with the old release (gongjian backup) and restore it with the new one."
        )
