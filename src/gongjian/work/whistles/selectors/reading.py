"""One whistle as it stands, with its clocks."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.whistles import clocks
from gongjian.work.whistles.models import Happening, Photo, Whistle
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.reach import visible

RELATED = ("category", "category__lead", "place", "community", "lead", "merged_into", "split_from", "blown_by", "office")


def get_whistle(account: Account, pk: int) -> Whistle:
    """Raises Missing for what is not there or not the account's to see."""
    found = visible(account).select_related(*RELATED).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这件哨，或者它不归您看。"))
    return found


def get_photo(account: Account, whistle: int, photo: int) -> Photo:
    """Raises Missing."""
    seen = get_whistle(account, whistle)
    found: Photo | None = seen.photos.select_related("evidence").filter(pk=photo).first()
    if found is None:
        raise Missing(_("没有这张照片。"))
    return found


def read_clocks(whistle: Whistle, happenings: Iterable[Happening] | None = None) -> clocks.Clocks | None:
    """`happenings`, oldest first, where they were read already. None before the whistle was blown."""
    rules = policy()
    rows = list(whistle.happenings.all()) if happenings is None else happenings
    return clocks.read(whistle, rows, rules, rules.working_time())
