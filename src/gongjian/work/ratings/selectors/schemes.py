"""Questions about schemes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import Found
from gongjian.ledger.models import DeedKind
from gongjian.work.ratings.models import Scheme, SchemeVersion
from gongjian.work.ratings.scoring.blueprint import Blueprint


def schemes() -> QuerySet[Scheme]:
    """Those in use first."""
    return Scheme.objects.order_by("closed_at", "pk")


def get_scheme(pk: int) -> Scheme:
    """Raises Missing."""
    found = schemes().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个评定办法。"))
    return found


def current_version(scheme: Scheme) -> SchemeVersion:
    """With its scheme."""
    found: SchemeVersion = versions(scheme)[0]
    found.scheme = scheme
    return found


def versions(scheme: Scheme) -> QuerySet[SchemeVersion]:
    return SchemeVersion.objects.filter(scheme=scheme).select_related("saved_by").order_by("-number")


def deed_kinds(blueprint: Blueprint) -> dict[str, DeedKind]:
    """What the automatic indicators count, by code."""
    return DeedKind.objects.in_bulk({one.ledger.kind for one in blueprint.indicators() if one.ledger})


def search(account: Any, words: str) -> list[Found]:
    if not may(account, "ratings.view"):
        return []
    return [
        Found(_("星级评定"), one.title, one.get_subject_display(), reverse("ratings:scheme", args=[one.pk]))
        for one in schemes().filter(title__contains=words)[:8]
    ]
