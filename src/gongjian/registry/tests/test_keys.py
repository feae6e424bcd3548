"""Changing the keys of the encrypted fields."""

from io import StringIO

from django.core.management import call_command
from django.db import connection

from gongjian.registry.models import Person
from gongjian.registry.services.people import mark
from gongjian.registry.tests.factories import make_person


def forget_derived_keys():
    """The fields derive their keys once per process."""
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
