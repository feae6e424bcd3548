"""Tests are quiet: any warning, any logged error and any missing template variable fails."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django_scopes import scope

from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres.places import var_folder


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "noisy: this test provokes logged errors on purpose")
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


@pytest.fixture(autouse=True)
def append_only_tables_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Transactional tests end with TRUNCATE, which the ledger refuses; only the test run may look away."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with connections["default"].cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
