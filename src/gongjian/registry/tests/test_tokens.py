from datetime import timedelta
from typing import Any

import pytest

from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.registry.models import Account
from gongjian.registry.services.tokens import issue_token, revoke_token
from gongjian.registry.tests.factories import make_clerk, make_office


class TestIssueToken:
    def test_the_secret_is_not_kept(self, office: Any) -> None:
        token, secret = issue_token(make_clerk(office), name="t", scopes=["registry:read"])
        token.refresh_from_db()
        assert secret not in str(vars(token))

    @pytest.mark.parametrize("scopes", [[], ["everything"], ["registry:read", "everything"]])
    def test_of_no_known_scope_there_is_none(self, office: Any, scopes: list[str]) -> None:
        with pytest.raises(Invalid, match="范围"):
            issue_token(make_clerk(office), name="t", scopes=scopes)

    @pytest.mark.parametrize("days", [0, 367])
    def test_for_no_time_or_for_ever_there_is_none(self, office: Any, days: int) -> None:
        with pytest.raises(Invalid, match="366"):
            issue_token(make_clerk(office), name="t", scopes=["registry:read"], days=days)

    def test_another_persons_is_not_revoked(self, office: Any) -> None:
        token, _ = issue_token(make_clerk(office), name="t", scopes=["registry:read"])
        with pytest.raises(Missing):
            revoke_token(make_clerk(office), token=token)

    def test_twice_is_once(self, office: Any) -> None:
        clerk = make_clerk(office)
        token, _ = issue_token(clerk, name="t", scopes=["registry:read"])
        revoke_token(clerk, token=token)
        with pytest.raises(Conflict, match="已经吊销"):
            revoke_token(clerk, token=token)


class TestTokenAuth:
    @pytest.fixture
    def secret(self, office: Any) -> str:
        self.clerk = make_clerk(office)
        self.token, secret = issue_token(self.clerk, name="t", scopes=["registry:read"])
        return secret

    def ask(self, client: Any, secret: str, **headers: str) -> Any:
        return client.get("/api/v1/registry/places", headers={"authorization": f"Bearer {secret}", **headers})

    def test_a_good_one_opens_and_its_use_is_noted(self, client: Any, secret: str) -> None:
        assert self.ask(client, secret).status_code == 200
        self.token.refresh_from_db()
        assert self.token.last_used_at

    def test_an_expired_one_does_not(self, client: Any, secret: str) -> None:
        type(self.token).objects.update(expires_at=self.token.created_at - timedelta(days=1))
        assert self.ask(client, secret).status_code == 401

    def test_a_revoked_one_does_not(self, client: Any, secret: str) -> None:
        revoke_token(self.clerk, token=self.token)
        assert self.ask(client, secret).status_code == 401

    def test_one_of_a_closed_account_does_not(self, client: Any, secret: str) -> None:
        Account.objects.filter(pk=self.clerk.pk).update(is_active=False)
        assert self.ask(client, secret).status_code == 401

    def test_at_another_office_it_does_not(self, client: Any, secret: str) -> None:
        make_office("邻街街道", hostnames=["elsewhere"])
        assert self.ask(client, secret, host="elsewhere").status_code == 401

    @pytest.mark.parametrize("secret", ["", "gj_", "gj_wrong", "文"])
    def test_a_made_up_one_does_not(self, client: Any, office: Any, secret: str) -> None:
        assert self.ask(client, secret).status_code == 401
