"""The ledger in Excel: the deeds about a subject, row by row."""

from typing import Any

from django.db.models import QuerySet

from gongjian.chronicle.writing.subjects import Subject, deeds_about
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import visible_deeds

RELATED = ("kind", "place", "organization", "team", "person")


def deeds_to_list(account: Any, subject: Subject) -> QuerySet[Any]:
    """What the account may see of them, by day."""
    return deeds_about(subject, visible_deeds(account)).select_related(*RELATED).order_by("occurred_to", "id")


def public_deeds_to_list(subject: Subject) -> QuerySet[Any]:
    return deeds_about(subject, Deed.objects.filter(public=True)).select_related(*RELATED).order_by("occurred_to", "id")
