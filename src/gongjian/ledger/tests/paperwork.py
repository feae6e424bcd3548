"""Signing in and filling in, for the tests of the ledger's pages."""

from typing import Any

from django.conf import settings
from django.test import Client

from gongjian.registry.models import Account
from gongjian.registry.tests.factories import first_community, make_organization


def sign_in(client: Client, account: Account) -> Client:
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def filled_in(office: Any, **changes: Any) -> dict[str, Any]:
    return {
        "organization": make_organization(office).name,
        "kind": "volunteer-hours",
        "place": first_community(office).pk,
        "precision": "day",
        "occurred_from": "2026-03-02",
        "quantity": "8",
        "approximation": "exact",
        "statement": "{日}到卡点值守{数}",
        "public": "on",
    } | changes
