"""Writing down what happened."""

from typing import Any

from gongjian.kernel import audit, clock
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Happening, Whistle


def happening(
    actor: Any,
    whistle: Whistle,
    kind: str,
    *,
    words: str = "",
    public: bool = False,
    dispatch: Dispatch | None = None,
    **detail: Any,
) -> Happening:
    """What happens now, unsaved. `actor` None or a stranger: it is nobody's account."""
    return Happening(
        whistle=whistle,
        kind=kind,
        at=clock.now(),
        by=actor if isinstance(actor, Account) else None,
        dispatch=dispatch,
        words=words.strip(),
        public=public,
        round=whistle.round,
        detail=detail,
    )


def note(actor: Any, whistle: Whistle, kind: str, **said: Any) -> Happening:
    """Append a happening and write the action log. `said` as for `happening`."""
    happened = happening(actor, whistle, kind, **said)
    happened.save()
    audit.record(actor, f"whistles.{kind}", whistle)
    return happened
