from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.urls import reverse
from django_scopes import scope

from gongjian.kernel.errors import Conflict, DomainError, Invalid, Missing, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, Role
from gongjian.registry.services.accounts import close_account, open_account, reopen_account, reset_password
from gongjian.registry.services.roles import add_role, end_role, grant_role, reset_second_factor
from gongjian.registry.services.tokens import issue_token
from gongjian.registry.tests.factories import PASSWORD, first_community, make_account, make_clerk, make_office

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def system(office: Any) -> Account:
    return make_account(office, Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def security(office: Any) -> Account:
    return make_account(office, Role.SECURITY_ADMINISTRATOR)


class TestOpenAccount:
    def test_the_password_is_given_once_and_must_be_changed(self, system: Account) -> None:
        account, password = open_account(system, username="wang", name="王样例")
        account.refresh_from_db()
        assert account.check_password(password)
        assert account.password_changed_at is None

    def test_a_name_is_taken_whatever_its_case(self, system: Account) -> None:
        open_account(system, username="wang", name="王样例")
        with pytest.raises(Conflict, match="WANG"):
            open_account(system, username="WANG", name="王示例")

    @pytest.mark.parametrize("role", sorted(set(Role.values) - {"system_administrator", "community_worker", "unit_liaison"}))
    def test_nobody_else_opens_one(self, office: Any, role: str) -> None:
        with pytest.raises(NotAllowed):
            open_account(make_account(office, role), username="wang", name="王样例")


class TestCloseAccount:
    def test_it_ends_tokens_and_may_be_opened_again(self, system: Account, office: Any) -> None:
        clerk = make_clerk(office)
        token, _ = issue_token(clerk, name="t", scopes=["registry:read"])
        close_account(system, account=clerk)
        token.refresh_from_db()
        assert token.revoked_at
        assert not clerk.is_active
        assert reopen_account(system, account=clerk).is_active

    def test_not_ones_own(self, system: Account) -> None:
        with pytest.raises(Conflict, match="自己"):
            close_account(system, account=system)

    def test_not_the_last_security_administrator(self, system: Account, security: Account, office: Any) -> None:
        with pytest.raises(Conflict, match="最后一位"):
            close_account(system, account=security)
        make_account(office, Role.SECURITY_ADMINISTRATOR)
        close_account(system, account=security)

    def test_not_of_another_office(self, system: Account) -> None:
        with pytest.raises(Missing):
            close_account(system, account=make_clerk(make_office("邻街街道")))


class TestResetPassword:
    def test_the_old_one_no_longer_opens(self, system: Account, office: Any) -> None:
        clerk = make_clerk(office)
        password = reset_password(system, account=clerk)
        clerk.refresh_from_db()
        assert clerk.check_password(password)
        assert not clerk.check_password(PASSWORD)

    def test_temporary_passwords_satisfy_the_policy(self, system: Account, office: Any) -> None:
        from django.contrib.auth.password_validation import validate_password

        clerk = make_clerk(office)
        made = {reset_password(system, account=clerk) for _ in range(5)}
        assert len(made) == 5
        for password in made:
            validate_password(password)


class TestGrantRole:
    def test_it_is_held_at_once_and_logged(self, security: Account, office: Any) -> None:
        account = make_account(office)
        grant_role(security, account=account, role="community_worker", community=first_community(office))
        assert account.holds(Role.COMMUNITY_WORKER)
        entry = AuditEntry.objects.get(action="registry.grant_role")
        assert entry.detail == {"role": "community_worker", "where": "一号社区"}

    @pytest.mark.parametrize("role", ["community_worker", "unit_liaison", "no_such_role"])
    def test_a_role_without_its_place_or_that_is_none_is_refused(self, security: Account, office: Any, role: str) -> None:
        with pytest.raises(Invalid):
            grant_role(security, account=make_account(office), role=role)

    def test_twice_is_refused(self, security: Account, office: Any) -> None:
        with pytest.raises(Invalid, match="已经有了"):
            grant_role(security, account=make_clerk(office), role="office_clerk")

    @pytest.mark.parametrize("first", ["system_administrator", "security_administrator", "audit_administrator"])
    @pytest.mark.parametrize("second", ["system_administrator", "audit_administrator", "office_clerk"])
    def test_an_administrator_holds_one_role_only(self, security: Account, office: Any, first: str, second: str) -> None:
        if first != second:
            with pytest.raises(Invalid, match="三员分立"):
                grant_role(security, account=make_account(office, first), role=second)

    def test_the_system_administrator_grants_nothing(self, system: Account, office: Any) -> None:
        with pytest.raises(NotAllowed):
            grant_role(system, account=make_account(office), role="office_clerk")

    def test_nobody_gets_a_role_in_another_office(self, security: Account) -> None:
        with pytest.raises(Missing):
            grant_role(security, account=make_account(make_office("邻街街道")), role="office_clerk")


@pytest.mark.django_db(transaction=True)
class TestTwoAdministratorsRolesAtOnce:
    def test_one_of_them_is_refused(self) -> None:
        office = make_office()
        with scope(office=office):
            account = make_account(office)

        def add(role: str) -> bool:
            try:
                with scope(office=office):
                    add_role(Account.objects.get(pk=account.pk), role)
            except DomainError:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(add, ["system_administrator", "security_administrator"])) == [False, True]


class TestEndRole:
    def test_it_is_held_no_longer_and_stays_in_the_record(self, security: Account, office: Any) -> None:
        clerk = make_clerk(office)
        assignment = end_role(security, assignment=clerk.assignments.get())
        assert assignment.until
        assert not Account.objects.get(pk=clerk.pk).roles()
        with pytest.raises(Conflict, match="已经解除"):
            end_role(security, assignment=assignment)

    def test_not_of_the_last_administrator(self, security: Account) -> None:
        with pytest.raises(Conflict, match="最后一位"):
            end_role(security, assignment=security.assignments.get())


class TestResetSecondFactor:
    def test_it_is_the_security_administrators(self, system: Account, security: Account, office: Any) -> None:
        clerk = make_clerk(office)
        TOTP.activate(clerk, generate_totp_secret())
        with pytest.raises(NotAllowed):
            reset_second_factor(system, account=clerk)
        reset_second_factor(security, account=clerk)
        assert not Authenticator.objects.filter(user=clerk).exists()


@pytest.fixture
def second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjian.registry.middleware.is_mfa_enabled", lambda account: True)


@pytest.mark.usefixtures("second_factor")
class TestPages:
    def as_(self, client: Any, account: Account) -> Any:
        client.force_login(account, backend=BACKEND)
        return client

    def test_a_new_account_shows_its_password_once(self, client: Any, system: Account) -> None:
        url = reverse("registry:open_account")
        response = self.as_(client, system).post(url, {"username": "wang", "name": "王样例"})
        account = Account.objects.get(username="wang")
        secret = response.context["secret"]
        assert account.check_password(secret)
        assert response["Cache-Control"] == "no-store"
        assert secret not in client.get(reverse("registry:account", args=[account.pk])).content.decode()

    def test_the_two_administrators_see_their_own_buttons(self, client: Any, system: Account, security: Account) -> None:
        url = reverse("registry:account", args=[system.pk])
        page = self.as_(client, system).get(url).content.decode()
        assert "停用账号" in page
        assert "给角色" not in page
        page = self.as_(client, security).get(url).content.decode()
        assert "给角色" in page
        assert "停用账号" not in page

    def test_roles_are_given_and_ended(self, client: Any, security: Account, office: Any) -> None:
        account = make_account(office)
        self.as_(client, security).post(reverse("registry:grant_role", args=[account.pk]), {"role": "auditor"})
        assignment = account.assignments.get()
        client.post(reverse("registry:end_role", args=[assignment.pk]))
        page = client.get(reverse("registry:account", args=[account.pk])).content.decode()
        assert "以前的角色" in page

    def test_a_list_of_many_accounts_costs_no_more(
        self, client: Any, system: Account, office: Any, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(30):
            make_clerk(office)
        self.as_(client, system).get(reverse("registry:accounts"))
        with django_assert_max_num_queries(8):
            client.get(reverse("registry:accounts"))

    def test_a_token_is_shown_once_and_revoked(self, client: Any, office: Any) -> None:
        clerk = make_clerk(office)
        response = self.as_(client, clerk).post(
            reverse("registry:me"), {"name": "同步", "scopes": ["registry:read"], "days": 30}
        )
        assert response.context["secret"].startswith("gj_")
        page = client.get(reverse("registry:me")).content.decode()
        assert "gj_" not in page
        client.post(reverse("registry:revoke_token", args=[clerk.tokens.get().pk]))
        assert "已吊销" in client.get(reverse("registry:me")).content.decode()
