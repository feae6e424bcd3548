"""One whistle, for who may know of it."""

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.reach import visible


def get_whistle(account: Account, pk: int) -> Whistle:
    """Raises Missing."""
    found = visible(account).select_related("category", "place", "community", "lead", "office").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这件哨。"))
    return found
