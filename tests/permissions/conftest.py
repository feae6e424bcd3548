"""The worlds are built once; each test runs in a savepoint inside their transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django_scopes import scope

from tests.permissions.matrices import matrices
from tests.permissions.world import World, build_worlds, sign_everybody_in


@pytest.fixture(scope="package")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    with django_db_blocker.unblock(), transaction.atomic():
        built = build_worlds()
        for world in built:
            with scope(office=world.office):
                for module in matrices():
                    if hasattr(module, "build"):
                        module.build(world)
        sign_everybody_in(built)
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None, worlds: tuple[World, World]) -> World:
    cache.clear()
    return worlds[0]


@pytest.fixture
def elsewhere(db: None, worlds: tuple[World, World]) -> World:
    return worlds[1]


@pytest.fixture(autouse=True)
def administrators_have_a_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """That they must is tested in the registry; here it would hide what they may open."""
    monkeypatch.setattr("gongjian.registry.middleware.is_mfa_enabled", lambda account: True)


@pytest.fixture(autouse=True)
def refusals_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most answers here are refusals: their page is tested in the desk, here its status is all that is looked at."""
    for module in ("gongjian.kernel.web.middleware", "gongjian.desk.views.errors"):
        monkeypatch.setattr(f"{module}.render", lambda *_page, status: HttpResponse(status=status))
