"""Writing down what happened."""

from typing import Any

from gongjian.kernel import audit, clock
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Happening, Whistle


def note(
    actor: Any,
    whistle: Whistle,
    kind: str,
    *,
    words: str = "",
    public: bool = False,
    dispatch: Dispatch | None = None,
    **detail: Any,
) -> Happening:
    """Append a happening and write the action log. `actor` None: it happened by itself."""
    happening: Happening = Happening.objects.create(
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
    audit.record(actor, f"whistles.{kind}", whistle)
    return happening
