"""From the codes that machines send to the things they name. Each raises Invalid with the field that names nothing."""

from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.deadlines import Limit
from gongjian.kernel.errors import Invalid
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.selectors import place_by_code
from gongjian.work.whistles.api.asked import SendingIn
from gongjian.work.whistles.models import Category
from gongjian.work.whistles.selectors.policies import category_by_code
from gongjian.work.whistles.services import Sending

Thing = TypeVar("Thing")


def account_of(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]


def category_of(code: str) -> Category:
    return named(category_by_code(code), "category", code)


def place_of(code: str | None, *, field: str = "place") -> Place | None:
    return None if not code else named(place_by_code(code), field, code)


def sending_of(told: SendingIn, field: str) -> Sending:
    organization = named(Organization.objects.filter(pk=told.organization).first(), field, told.organization)
    limit = Limit(told.limit.amount, told.limit.unit) if told.limit else None
    return Sending(organization, told.task, limit)


def aware(moment: datetime | None) -> datetime | None:
    """A time without a zone is the office's own."""
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


def named(thing: Thing | None, field: str, code: Any) -> Thing:
    if thing is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": code}, code="unknown", field=field)
    return thing
