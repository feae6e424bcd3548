"""Selections that somebody keeps under a name."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import SavedFilter

MOST = 20


@transaction.atomic
def save_filter(actor: Account, *, name: str, query: str) -> SavedFilter:
    """One's own; a name that is there already is written over. Raises Conflict beyond MOST."""
    require(actor, "whistles.board")
    called = name.strip()
    if not called:
        raise Invalid(_("请给这个筛选起个名字。"), code="name", field="name")
    own = SavedFilter.objects.filter(account=actor)
    if own.exclude(name=called).count() >= MOST:
        raise Conflict(_("最多存 %(most)s 个筛选，请先删掉不用的。") % {"most": MOST}, code="too-many", field="name")
    saved: SavedFilter = own.update_or_create(account=actor, name=called[:30], defaults={"query": query[:500]})[0]
    return saved


@transaction.atomic
def forget_filter(actor: Account, *, saved: SavedFilter) -> None:
    """Forgetting it twice is harmless; it is one's own."""
    require(actor, "whistles.board")
    SavedFilter.objects.filter(pk=saved.pk, account=actor).delete()
