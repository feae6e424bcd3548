"""The action log. Services write it in the transaction of the act; sensitive reads write it too."""

from typing import Any

import structlog
from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry


def record(actor: Any, action: str, thing: Any = None, **detail: Any) -> AuditEntry:
    """Append an entry. `action` is `room.verb`; `detail` must be JSON and hold no secret or sensitive value."""
    entry = drafted(actor, action, thing, **detail)
    entry.save(force_insert=True)
    return entry


def drafted(actor: Any, action: str, thing: Any = None, **detail: Any) -> AuditEntry:
    """An entry not yet appended: for acts of which many are written at once."""
    context = structlog.contextvars.get_contextvars()
    office = get_scope().get("office")
    return AuditEntry(
        at=clock.now(),
        actor=actor if getattr(actor, "pk", None) else None,
        office_id=getattr(office, "pk", None),
        action=action,
        thing_type=thing._meta.label_lower if thing is not None else "",
        thing_id=str(thing.pk) if thing is not None else "",
        thing_name=str(thing)[:200] if thing is not None else "",
        detail=detail,
        address=context.get("ip") or None,
        request_id=str(context.get("request_id", "")),
    )
