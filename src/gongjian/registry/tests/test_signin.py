"""The door: domain.md §9, clicked through."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, Role
from gongjian.registry.services.accounts import close_account, reset_password
from gongjian.registry.tests.factories import PASSWORD, make_account, make_clerk, make_office

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def clerk(office: Any) -> Account:
    return make_clerk(office)


def sign_in(client: Client, account: Account, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": account.username, "password": password}, **more)


def actions() -> list[str]:
    return list(AuditEntry.objects.filter(action__startswith="registry.").order_by("pk").values_list("action", flat=True))


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("registry:me")).status_code == 200


class TestSigningIn:
    def test_with_name_and_password(self, client: Client, clerk: Account) -> None:
        assert sign_in(client, clerk).status_code == 302
        assert is_signed_in(client)

    def test_the_name_may_be_written_in_any_case(self, client: Client, clerk: Account) -> None:
        client.post(LOGIN, {"login": clerk.username.upper(), "password": PASSWORD})
        assert is_signed_in(client)

    def test_in_out_and_failing_are_in_the_log_with_the_address(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk, "wrong", REMOTE_ADDR="203.0.113.5", headers={"x-forwarded-for": "6.6.6.6"})
        sign_in(client, clerk)
        client.post("/accounts/logout/")
        assert actions()[-3:] == ["registry.sign_in_failed", "registry.sign_in", "registry.sign_out"]
        failed = AuditEntry.objects.get(action="registry.sign_in_failed")
        assert (failed.actor, failed.address, failed.detail) == (None, "203.0.113.5", {"username": clerk.username})

    def test_a_closed_account_is_told_what_a_stranger_is_told(self, client: Client, clerk: Account, office: Any) -> None:
        close_account(make_account(office, Role.SYSTEM_ADMINISTRATOR), account=clerk)
        assert "用户名或密码不对" in sign_in(client, clerk).content.decode()

    def test_closing_an_account_ends_its_session(self, client: Client, clerk: Account, office: Any) -> None:
        sign_in(client, clerk)
        close_account(make_account(office, Role.SYSTEM_ADMINISTRATOR), account=clerk)
        assert not is_signed_in(client)

    def test_an_account_of_another_office_does_not_exist_here(self, client: Client, office: Any) -> None:
        office.hostnames = ["testserver"]
        office.save()
        stranger = make_clerk(make_office("邻街街道", hostnames=["elsewhere"]))
        assert "用户名或密码不对" in sign_in(client, stranger).content.decode()
        sign_in(client, stranger, headers={"host": "elsewhere"})
        assert not is_signed_in(client)

    @pytest.mark.parametrize("page", ["signup/", "password/reset/", "email/", "login/code/"])
    def test_there_is_no_signing_up_and_no_door_by_mail(self, client: Client, office: Any, page: str) -> None:
        assert client.get(f"/accounts/{page}").status_code == 404


class TestLockout:
    def test_after_five_wrong_tries_even_the_right_password_waits(self, client: Client, clerk: Account) -> None:
        for _ in range(5):
            assert "用户名或密码不对" in sign_in(client, clerk, "wrong").content.decode()
        assert "30 分钟" in sign_in(client, clerk).content.decode()
        assert not is_signed_in(client)

    def test_a_name_that_nobody_bears_locks_alike(self, client: Client, office: Any) -> None:
        for _ in range(5):
            client.post(LOGIN, {"login": "nobody", "password": "wrong"})
        assert "先锁住了" in client.post(LOGIN, {"login": "Nobody", "password": "wrong"}).content.decode()

    def test_half_an_hour_later_it_opens(self, client: Client, clerk: Account) -> None:
        with clock.set_to(timezone.now() - timedelta(minutes=31)):
            for _ in range(5):
                sign_in(client, clerk, "wrong")
        sign_in(client, clerk)
        assert is_signed_in(client)

    def test_other_accounts_are_not_locked(self, client: Client, clerk: Account, office: Any) -> None:
        for _ in range(5):
            sign_in(client, clerk, "wrong")
        sign_in(client, make_clerk(office))
        assert is_signed_in(client)

    def test_another_host_name_is_no_way_round(self, client: Client, clerk: Account) -> None:
        for number in range(5):
            sign_in(client, clerk, "wrong", headers={"host": f"h{number}.example"})
        assert "先锁住了" in sign_in(client, clerk).content.decode()

    def test_success_begins_the_count_anew(self, client: Client, clerk: Account) -> None:
        for _ in range(2):
            for _ in range(4):
                sign_in(Client(), clerk, "wrong")
            cache.clear()
            other = Client()
            sign_in(other, clerk)
            assert is_signed_in(other)

    def test_a_new_password_by_the_administrator_unlocks(self, client: Client, clerk: Account, office: Any) -> None:
        for _ in range(5):
            sign_in(client, clerk, "wrong")
        password = reset_password(make_account(office, Role.SYSTEM_ADMINISTRATOR), account=clerk)
        assert sign_in(client, clerk, password).status_code == 302


class TestPasswords:
    def change(self, client: Client, old: str, new: str) -> Any:
        return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})

    @pytest.mark.parametrize("weak", ["Short-7", "alllowercaseletters", "1234567890123", "password123!!"[:10].lower()])
    def test_weak_ones_are_refused(self, client: Client, clerk: Account, weak: str) -> None:
        sign_in(client, clerk)
        self.change(client, PASSWORD, weak)
        clerk.refresh_from_db()
        assert clerk.check_password(PASSWORD)

    def test_a_changed_one_is_noted_and_logged(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk)
        assert self.change(client, PASSWORD, "Peach-Blossom-8").status_code == 302
        clerk.refresh_from_db()
        assert clerk.check_password("Peach-Blossom-8")
        assert timezone.now() - clerk.password_changed_at < timedelta(minutes=1)
        assert actions()[-1] == "registry.change_password"

    def test_the_same_or_a_former_one_is_refused(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk)
        self.change(client, PASSWORD, "Peach-Blossom-8")
        for former in (PASSWORD, "Peach-Blossom-8"):
            assert "最近用过" in self.change(client, "Peach-Blossom-8", former).content.decode()

    def test_one_that_somebody_else_set_must_be_changed_first(self, client: Client, clerk: Account, office: Any) -> None:
        password = reset_password(make_account(office, Role.SYSTEM_ADMINISTRATOR), account=clerk)
        sign_in(client, clerk, password)
        assert client.get(reverse("registry:me"))["Location"] == "/accounts/password/change/"
        self.change(client, password, "Peach-Blossom-8")
        assert is_signed_in(client)

    def test_after_ninety_days_it_must_be_changed(self, client: Client, clerk: Account, settings: Any) -> None:
        Account.objects.filter(pk=clerk.pk).update(password_changed_at=timezone.now() - timedelta(days=91))
        sign_in(client, clerk)
        assert client.get(reverse("registry:me"))["Location"] == "/accounts/password/change/"
        settings.PASSWORD_DAYS = 0
        assert is_signed_in(client)


class TestIdleness:
    def test_half_an_hour_without_a_click_ends_the_session(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk)
        assert is_signed_in(client)
        with clock.set_to(timezone.now() + timedelta(minutes=31)):
            response = client.get(reverse("registry:me"))
        assert response["Location"].startswith(LOGIN)
        assert not is_signed_in(client)
        assert actions()[-1] == "registry.sign_out"

    def test_a_click_now_and_then_keeps_it(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk)
        for minutes in (0, 29, 58, 87):
            with clock.set_to(timezone.now() + timedelta(minutes=minutes)):
                assert is_signed_in(client)

    def test_the_sign_in_pages_are_no_back_door(self, client: Client, clerk: Account) -> None:
        sign_in(client, clerk)
        is_signed_in(client)
        with clock.set_to(timezone.now() + timedelta(minutes=31)):
            assert client.get("/accounts/password/change/")["Location"].startswith(LOGIN)


class TestSecondFactor:
    @pytest.mark.parametrize("role", ["system_administrator", "security_administrator", "audit_administrator"])
    def test_an_administrator_sees_nothing_before_setting_one_up(self, client: Client, office: Any, role: str) -> None:
        sign_in(client, make_account(office, role))
        for page in ("registry:accounts", "registry:audit", "registry:me", "feedback:new"):
            assert client.get(reverse(page))["Location"] == reverse("mfa_activate_totp")

    def test_with_one_the_password_alone_is_not_enough(self, client: Client, office: Any) -> None:
        account = make_account(office, Role.SYSTEM_ADMINISTRATOR)
        secret = generate_totp_secret()
        TOTP.activate(account, secret)
        assert sign_in(client, account)["Location"].startswith("/accounts/2fa/authenticate/")
        assert not is_signed_in(client)
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get(reverse("registry:accounts")).status_code == 200

    def test_its_secret_is_encrypted_at_rest(self, office: Any) -> None:
        account, secret = make_clerk(office), generate_totp_secret()
        TOTP.activate(account, secret)
        kept = Authenticator.objects.get(user=account)
        assert secret not in str(kept.data)
        assert kept.wrap().validate_code(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


class TestOtherOffices:
    def test_a_session_opens_no_other_office(self, client: Client, clerk: Account, office: Any) -> None:
        office.hostnames = ["testserver"]
        office.save()
        make_office("邻街街道", hostnames=["elsewhere"])
        sign_in(client, clerk)
        assert is_signed_in(client)
        client.get(reverse("registry:me"), headers={"host": "elsewhere"})
        assert not is_signed_in(client)


class TestCost:
    def test_being_signed_in_costs_four_queries_however_many_roles(
        self, client: Client, office: Any, django_assert_max_num_queries: Any
    ) -> None:
        """Session, account, office, assignments; a staff page also asks for the bell and for what it shows."""
        account = make_account(office, Role.OFFICE_CLERK)
        sign_in(client, account)
        is_signed_in(client)
        with django_assert_max_num_queries(4):
            client.get(reverse("account_inactive"))
        with django_assert_max_num_queries(6):
            is_signed_in(client)
