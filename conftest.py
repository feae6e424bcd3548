"""Tests are quiet: any warning, any logged error and any missing template variable fails."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, TransactionTestCase
from django_scopes import scope

from tests.database.copies import own_copy
from tests.database.emptying import Emptied


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "noisy: this test provokes logged errors on purpose")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), own_copy():
        emptied = Emptied()
        TransactionTestCase._fixture_teardown = lambda case: emptied.again()  # type: ignore[method-assign]
        yield


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
