"""Secret addresses of calendars: made, made anew, taken back, read."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.calendars.events import Feed
from gongjian.kernel.calendars.models import Subscription
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.kernel.rooms import rooms

PERMISSION = "calendars.subscribe"


@transaction.atomic
def subscribe(actor: Any, *, code: str = "", about: str = "") -> Subscription:
    """With a new secret: an address that was given away before no longer leads anywhere."""
    require(actor, PERMISSION)
    feed_of(actor, code, about)
    secret = secrets.token_urlsafe(32)
    values = {"secret": secret, "secret_hash": hashed(secret), "created_at": clock.now(), "office": actor.office}
    found, _created = Subscription.objects.update_or_create(account=actor, code=code, about=about, defaults=values)
    audit.record(actor, "calendars.subscribe", found)
    return found


@transaction.atomic
def unsubscribe(actor: Any, *, pk: int) -> None:
    """Raises Missing for somebody else's."""
    require(actor, PERMISSION)
    found = Subscription.objects.filter(account=actor, pk=pk).first()
    if found is None:
        raise Missing(_("没有这个日历订阅。"))
    audit.record(actor, "calendars.unsubscribe", found)
    found.delete()


def read(secret: str) -> Feed:
    """Raises Missing for a secret that is none, or whose account may no longer see it."""
    found = Subscription.objects.filter(secret_hash=hashed(secret), account__is_active=True).select_related("account").first()
    if found is None:
        raise Missing(_("这个日历地址不对，或已经作废。"))
    return feed_of(found.account, found.code, found.about)


def feed_of(account: Any, code: str, about: str) -> Feed:
    """Raises Missing for a calendar that no room announces, and what the room raises where the account may not see it."""
    if not code:
        return Feed(_("我的日程"), [event for room in rooms() for event in room.events(account)])
    for room in rooms():
        if code in room.calendars:
            feed: Feed = import_string(room.calendars[code])(account, about)
            return feed
    raise Missing(_("没有这种日历。"))


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
