"""Every URL as every role: nobody sees what is not theirs, nothing of another office, and no URL is forgotten."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from conftest import QuietClient
from gongjian.kernel.tests.matrix import Case
from gongjian.registry.scopes import SCOPES
from gongjian.registry.services.tokens import issue_token
from tests.permissions.matrices import accepts_post, cases, url_patterns
from tests.permissions.world import EVERYBODY, World

REFUSED = (401, 403, 404)
ABOUT_THINGS = [case for case in cases() if case.kwargs is not Case.kwargs and not case.shared]
BY_TOKEN = [case for case in cases() if case.token]


class TestCompleteness:
    def test_every_url_is_in_a_matrix(self) -> None:
        missing = sorted({name for name, _ in url_patterns()} - {case.url_name for case in cases()})
        assert not missing, f"say who may open these, in the room's tests/matrix.py: {missing}"

    def test_every_form_is_sent(self) -> None:
        sent = {case.url_name for case in cases() if case.method == "post"}
        missing = sorted({name for name, pattern in url_patterns() if accepts_post(pattern)} - sent)
        assert not missing, f"these take a POST; add a Case with method='post': {missing}"

    def test_no_case_is_left_of_a_url_that_is_gone(self) -> None:
        assert {case.url_name for case in cases()} <= {name for name, _ in url_patterns()}

    def test_roles_are_spelled_right(self) -> None:
        assert {who for case in cases() for who in case.allowed} <= set(EVERYBODY)


@pytest.mark.parametrize("case", cases(), ids=str)
@pytest.mark.noisy
def test_only_those_allowed(case: Case, world: World) -> None:
    wrong = []
    for who in EVERYBODY:
        response = send(world, who, case, world)
        if is_refused(response) == (who in case.allowed):
            wrong.append(f"{who}: {response.status_code}")
    assert not wrong


@pytest.mark.parametrize("case", ABOUT_THINGS, ids=str)
@pytest.mark.noisy
def test_nothing_of_another_office(case: Case, world: World, elsewhere: World) -> None:
    """The same page about the other office's thing: whoever is allowed here finds nothing there."""
    if url_of(case, world, elsewhere) == url_of(case, world, world):
        pytest.skip("the address is the same in both offices, and each answers with its own thing")
    wrong = []
    for who in sorted(case.allowed):
        response = send(world, who, case, elsewhere)
        if not is_refused(response) or response.status_code not in (302, 404):
            wrong.append(f"{who}: {response.status_code}")
    assert not wrong


@pytest.mark.parametrize("case", BY_TOKEN, ids=str)
@pytest.mark.noisy
class TestTokens:
    def test_no_token_no_answer(self, case: Case, world: World) -> None:
        response = QuietClient().generic(case.method.upper(), url_of(case, world, world))
        assert response.status_code == 401

    def test_a_token_of_other_scopes_is_refused(self, case: Case, world: World) -> None:
        for who in sorted(case.allowed):
            client = token_client(world, who, sorted(SCOPES.keys() - {case.token}))
            assert getattr(client, case.method)(url_of(case, world, world)).status_code == 403, who

    def test_a_session_is_no_token(self, case: Case, world: World) -> None:
        client = session_client(world, "office_clerk")
        assert getattr(client, case.method)(url_of(case, world, world)).status_code == 401


def send(world: World, who: str, case: Case, about: World) -> Any:
    """`who` of `world` opens the case's page about the thing of `about`."""
    client = token_client(world, who, [case.token]) if case.token else session_client(world, who)
    with scope(office=about.office):
        content = case.data(about)
    options = {"content_type": "application/json"} if case.token and case.method != "get" else {}
    response = getattr(client, case.method)(url_of(case, world, about), content, **options)
    if response.streaming:
        list(response)  # reads it to the end, which closes its file
    assert response.status_code < 500, f"{who}: {response.status_code}"
    return response


def url_of(case: Case, world: World, about: World) -> str:
    with scope(office=about.office):
        return reverse(case.url_name, kwargs=case.kwargs(about))


def session_client(world: World, who: str) -> Client:
    client, account = QuietClient(), world.accounts[who]
    if account is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[account.pk]
    return client


def token_client(world: World, who: str, scopes: list[str]) -> Client:
    account = world.accounts[who]
    if account is None:
        return QuietClient()
    with scope(office=account.office):
        _, secret = issue_token(account, name="matrix", scopes=scopes)
    return QuietClient(headers={"authorization": f"Bearer {secret}"})


def is_refused(response: Any) -> bool:
    doors = (reverse("account_login"), reverse("mfa_activate_totp"))
    return response.status_code in REFUSED or (response.status_code == 302 and response["Location"].startswith(doors))
