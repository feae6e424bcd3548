"""Tests are quiet: any warning, any logged error and any missing template variable fails."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django_scopes import scope

from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres.places import var_folder


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "noisy: this test provokes logged errors on purpose")
    _flush_append_only_tables_too()
    if not os.environ.get("DATABASE_URL"):
        config.stash[_SERVER] = embedded_postgres.ensure_running(var_folder())


_SERVER: pytest.StashKey[Any] = pytest.StashKey()


class QuietClient(Client):
    """A client that refuses pages with unresolved template variables."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            text = response.content.decode()
            start = text.find("⟦missing")
            assert start < 0, f"{request['PATH_INFO']}: {text[max(0, start - 200) : start + 80]}"
        return response


@pytest.fixture
def client() -> QuietClient:
    return QuietClient()


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    if not request.node.get_closest_marker("noisy"):
        assert not errors, [record.getMessage() for record in errors]


@pytest.fixture
def office(db: None) -> Iterator[Any]:
    """A small office with its scope open for the test."""
    from gongjian.registry.tests.factories import make_office

    office = make_office()
    with scope(office=office):
        yield office


def _flush_append_only_tables_too() -> None:
    """Transactional tests end with TRUNCATE, which the append-only tables refuse; only this flush may look away.

    Procrastinate's tables are not Django's, so that it would leave their jobs to the next test.
    """
    flush = TransactionTestCase._fixture_teardown

    def ignoring_triggers(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            flush(case)
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")

    TransactionTestCase._fixture_teardown = ignoring_triggers  # type: ignore[method-assign]
