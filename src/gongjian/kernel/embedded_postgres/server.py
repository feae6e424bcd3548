"""Use the embedded server for as long as this process lives; the last one out stops it."""

import atexit
import os
import shutil
import time
from pathlib import Path

import psycopg

from gongjian.kernel.embedded_postgres import locks
from gongjian.kernel.embedded_postgres.accounts import server_account
from gongjian.kernel.embedded_postgres.binaries import usable_programs
from gongjian.kernel.embedded_postgres.cluster import ensure_cluster, renew_password
from gongjian.kernel.embedded_postgres.connection import NAME, SUPERUSER, connection_settings, conninfo
from gongjian.kernel.embedded_postgres.errors import EmbeddedPostgresError
from gongjian.kernel.embedded_postgres.folders import prepare_keep, settle
from gongjian.kernel.embedded_postgres.places import Places, locate
from gongjian.kernel.embedded_postgres.postmaster import Postmaster

INTERRUPTED_START_SECONDS = 0.5


class Server:
    """A share in the running server, given back by `release`, at exit, or by the kernel when we are killed."""

    def __init__(self, postmaster: Postmaster, share: int) -> None:
        self._postmaster = postmaster
        self._share: int | None = share
        self._process = os.getpid()
        atexit.register(self.release)

    @property
    def settings(self) -> dict[str, str]:
        return connection_settings(self._postmaster.places.var)

    def revive(self) -> bool:
        """Start the server again when it has died under us; whether that was necessary."""
        if self._postmaster.process() is not None:
            return False
        with locks.exclusive(self._postmaster.places.lock):
            _bring_up(self._postmaster)
        return True

    def release(self) -> None:
        """Stop the server when nobody else uses it. A forked copy of this object does nothing."""
        if self._share is None or os.getpid() != self._process:
            return
        share, self._share = self._share, None
        atexit.unregister(self.release)
        places = self._postmaster.places
        if not places.lock.exists():
            os.close(share)
            return
        with locks.exclusive(places.lock):
            os.close(share)
            if locks.nobody_shares(places.users):
                self._postmaster.stop()


def ensure_running(var: Path, *, durable: bool = True) -> Server:
    """Start the server of `var`, or find it running, and hold a share in it.

    `durable=False` is for data that may be lost when the machine stops: it waits for no disk.

    Raises EmbeddedPostgresError with one sentence when that is impossible.
    """
    try:
        return _join(Places.of(var.resolve()), durable=durable)
    except (OSError, psycopg.OperationalError) as error:
        raise EmbeddedPostgresError(f"The embedded database of {var} cannot be used: {error}") from error


def _join(places: Places, *, durable: bool) -> Server:
    prepare_keep(places.keep)
    with locks.exclusive(places.lock):
        postmaster = _prepare(places.var, durable=durable)
        share = locks.share(places.users)
        try:
            _bring_up(postmaster)
        except BaseException:
            os.close(share)
            _abandon(postmaster)
            raise
    return Server(postmaster, share)


def _abandon(postmaster: Postmaster) -> None:
    """We were interrupted: a server that is only just starting first has to show itself before it can be stopped."""
    if locks.nobody_shares(postmaster.places.users):
        time.sleep(INTERRUPTED_START_SECONDS)
        postmaster.stop()


def erase(var: Path) -> None:
    """Delete the database of `var` for good.

    Raises EmbeddedPostgresError while another process uses it.
    """
    places = locate(var)
    prepare_keep(places.keep)
    with locks.exclusive(places.lock):
        if not locks.nobody_shares(places.users):
            raise EmbeddedPostgresError("The database is in use: stop the running gongjian first.")
        if places.data.exists():
            _prepare(places.var).stop()
            shutil.rmtree(places.draft, ignore_errors=True)
            places.data.rename(places.draft)
            shutil.rmtree(places.draft)
        places.password.unlink(missing_ok=True)


def _prepare(var: Path, *, durable: bool = True) -> Postmaster:
    places = locate(var)
    account = server_account(places.data)
    places = settle(places, account)
    return Postmaster(places, account, usable_programs(places, account), durable)


def _bring_up(postmaster: Postmaster) -> None:
    ensure_cluster(postmaster)
    postmaster.ensure_started()
    try:
        _ensure_database(postmaster.places)
    except psycopg.OperationalError as error:
        if "password authentication failed" not in str(error):
            raise
        renew_password(postmaster)
        postmaster.ensure_started()
        _ensure_database(postmaster.places)


def _ensure_database(places: Places) -> None:
    with psycopg.connect(conninfo(places, SUPERUSER), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {NAME}")
