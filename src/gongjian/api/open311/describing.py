"""A whistle as a service request. What a resident said, and where exactly, is told only to who may know."""

from typing import Any

from django.utils.translation import gettext as _

from gongjian.api.open311.dates import told
from gongjian.work.whistles.models import Whistle

BLURRED = 3
"""Decimal places of a coordinate that strangers see: about a hundred meters."""


def described(whistle: Whistle, *, known: bool) -> dict[str, Any]:
    """`known`: the asker holds the reporter's token, or a key of somebody whose business it is."""
    place = whistle.community.name if whistle.community else ""
    return {
        "service_request_id": whistle.number,
        "status": status_of(whistle),
        "status_notes": _notes(whistle),
        "service_name": whistle.category.minor if whistle.category else _("还没有分类"),
        "service_code": whistle.category.code if whistle.category else "",
        "description": whistle.text if known else _kind(whistle),
        "agency_responsible": whistle.lead.name if whistle.lead else "",
        "service_notice": "",
        "requested_datetime": told(whistle.received_at),
        "updated_datetime": told(getattr(whistle, "updated_at", None) or whistle.received_at),
        "expected_datetime": told(whistle.resolution_due_at),
        "address": f"{place} {whistle.spot}".strip() if known else place,
        "address_id": "",
        "zipcode": "",
        "lat": _coordinate(whistle.latitude, known=known),
        "long": _coordinate(whistle.longitude, known=known),
        "media_url": "",
    }


def status_of(whistle: Whistle) -> str:
    return "open" if whistle.is_open else "closed"


def _kind(whistle: Whistle) -> str:
    return str(whistle.category) if whistle.category else _("居民反映")


def _notes(whistle: Whistle) -> str:
    """Closing does not pass for fixing: whether it was solved is said beside."""
    state = whistle.get_state_display()
    if whistle.solved is None:
        return state
    return f"{state}；{_('已解决') if whistle.solved else _('没有解决')}"


def _coordinate(value: Any, *, known: bool) -> float | None:
    return None if value is None else round(float(value), 6 if known else BLURRED)
