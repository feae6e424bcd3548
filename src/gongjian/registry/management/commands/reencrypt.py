"""`gongjian reencrypt`: after a change of keys, write every encrypted value again with the first of them."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django_scopes import scopes_disabled
from encrypted_fields.fields import EncryptedFieldMixin

from gongjian.registry.models import Person
from gongjian.registry.services.people import mark


class Command(BaseCommand):
    help = "Encrypt all personal numbers and contacts anew with the current key; the old keys can be dropped afterwards."

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            for model in apps.get_models():
                fields = [field.name for field in model._meta.local_fields if isinstance(field, EncryptedFieldMixin)]
                if fields and model._meta.managed:
                    self.stdout.write(f"{model._meta.label}: {_write_again(model, fields)}")
        self.stdout.write(f"{Authenticator._meta.label}: {_write_second_factors_again()}")


@transaction.atomic
def _write_again(model: type[models.Model], fields: list[str]) -> int:
    rows = model._default_manager.select_for_update().iterator(chunk_size=500)
    number = 0
    for row in rows:
        number += 1
        changed = list(fields)
        if isinstance(row, Person):
            row.identity_mark, row.phone_mark = mark(row.identity_number or ""), mark(row.phone or "")
            changed += ["identity_mark", "phone_mark"]
        row.save(update_fields=changed)
    return number


@transaction.atomic
def _write_second_factors_again() -> int:
    """What allauth keeps inside JSON: the app's secret, and the seed or the list of recovery codes."""
    adapter = get_adapter()
    holding_secrets = list(Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN))
    for authenticator in holding_secrets:
        for name in {"secret", "seed"} & authenticator.data.keys():
            authenticator.data[name] = adapter.encrypt(adapter.decrypt(authenticator.data[name]))
        if codes := authenticator.data.get("migrated_codes"):
            authenticator.data["migrated_codes"] = [adapter.encrypt(adapter.decrypt(code)) for code in codes]
        authenticator.save(update_fields=["data"])
    return len(holding_secrets)
