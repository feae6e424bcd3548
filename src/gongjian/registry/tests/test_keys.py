"""Changing the keys of the encrypted fields."""

from io import StringIO

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db import connection

from gongjian.registry import signin
from gongjian.registry.models import Person
from gongjian.registry.services.people import mark
from gongjian.registry.tests.factories import make_clerk, make_person


def forget_derived_keys():
    """The fields derive their keys once per process."""
    signin._cipher.cache_clear()
    for field in Person._meta.local_fields:
        for name in ("keys", "f"):
            field.__dict__.pop(name, None)


class TestReencrypt:
    def test_after_a_change_of_keys_the_old_one_can_be_dropped(self, office, settings):
        try:
            person = make_person(office, phone="13800000000")
            settings.SALT_KEY = ["new", "only-for-tests"]
            forget_derived_keys()
            call_command("reencrypt", stdout=StringIO())
            settings.SALT_KEY = ["new"]
            forget_derived_keys()
            again = Person.objects.get(pk=person.pk)
            assert again.phone == "13800000000"
            assert again.phone_mark == mark("13800000000")
            with connection.cursor() as cursor:
                cursor.execute("SELECT phone FROM registry_person WHERE id = %s", [person.pk])
                assert "138" not in cursor.fetchone()[0]
        finally:
            forget_derived_keys()

    def test_second_factors_still_open(self, office, settings):
        clerk, secret = make_clerk(office), generate_totp_secret()
        TOTP.activate(clerk, secret)
        codes = RecoveryCodes.activate(clerk).get_unused_codes()
        try:
            for keys in (["new", "only-for-tests"], ["new"]):
                settings.SALT_KEY = keys
                forget_derived_keys()
                call_command("reencrypt", stdout=StringIO())
            kept = Authenticator.objects.get(user=clerk, type="totp")
            assert get_adapter().decrypt(kept.data["secret"]) == secret
            assert Authenticator.objects.get(user=clerk, type="recovery_codes").wrap().get_unused_codes() == codes
        finally:
            forget_derived_keys()
