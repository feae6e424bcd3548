"""Every URL as every role: nobody sees what is not theirs, and no URL is forgotten."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from conftest import QuietClient
from gongjian.kernel.tests.matrix import Case
from gongjian.registry.services.accounts import issue_token
from tests.permissions.world import EVERYBODY, World, build_world

REFUSED = (401, 403, 404)


def matrices() -> list[ModuleType]:
    names = [f"{room}.tests.matrix" for room in settings.STOREYS if find_spec(f"{room}.tests")]
    names = [name for name in names if name != "gongjian.kernel.tests.matrix" and find_spec(name)]
    return [import_module(name) for name in [*names, "tests.permissions.framework"]]


def cases() -> list[Case]:
    return [case for module in matrices() for case in module.MATRIX]


def url_names(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_every_url_is_in_a_matrix() -> None:
    missing = sorted(set(url_names()) - {case.url_name for case in cases()})
    assert not missing, f"say who may open these, in the room's tests/matrix.py: {missing}"


@pytest.fixture
def world(db: None) -> World:
    world = build_world()
    with scope(office=world.office):
        for module in matrices():
            if hasattr(module, "build"):
                module.build(world)
    return world


def client_of(world: World, who: str, case: Case) -> Client:
    account = world.accounts[who]
    if account is None:
        return QuietClient()
    if case.token:
        with scope(office=account.office):
            _, secret = issue_token(account, name="matrix", scopes=[case.token])
        return QuietClient(headers={"authorization": f"Bearer {secret}"})
    client = QuietClient()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def is_refused(response: Any) -> bool:
    sent_away = response.status_code == 302 and response["Location"].startswith(
        (reverse("account_login"), reverse("mfa_activate_totp"))
    )
    return response.status_code in REFUSED or sent_away


@pytest.mark.parametrize("case", cases(), ids=str)
@pytest.mark.noisy
def test_only_those_allowed(case: Case, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjian.registry.middleware.is_mfa_enabled", lambda account: True)
    with scope(office=world.office):
        url = reverse(case.url_name, kwargs=case.kwargs(world))
    wrong = []
    for who in EVERYBODY:
        response = getattr(client_of(world, who, case), case.method)(url, case.data(world))
        assert response.status_code < 500, f"{who}: {response.status_code}"
        if is_refused(response) == (who in case.allowed):
            wrong.append(f"{who}: {response.status_code}")
    assert not wrong
