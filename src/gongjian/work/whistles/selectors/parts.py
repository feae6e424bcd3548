"""What belongs to a whistle, found through it: who may not know of the whistle knows of none of it."""

from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Dispatch, Escalation, Pause
from gongjian.work.whistles.selectors.reach import visible

WHISTLE = ("whistle", "whistle__category", "whistle__place", "whistle__community", "whistle__lead", "whistle__office")


def get_dispatch(account: Account, pk: int) -> Dispatch:
    """Raises Missing."""
    return _found(Dispatch, account, pk, _("没有这次派单。"), "organization")  # type: ignore[no-any-return]


def get_pause(account: Account, pk: int) -> Pause:
    """Raises Missing."""
    return _found(Pause, account, pk, _("没有这份申请。"), "asked_by")  # type: ignore[no-any-return]


def get_escalation(account: Account, pk: int) -> Escalation:
    """Raises Missing."""
    return _found(Escalation, account, pk, _("没有这次预警。"))  # type: ignore[no-any-return]


def _found(model: Any, account: Account, pk: int, sentence: str, *with_: str) -> Any:
    found = model.objects.filter(pk=pk, whistle__in=visible(account)).select_related(*WHISTLE, *with_).first()
    if found is None:
        raise Missing(sentence)
    return found
