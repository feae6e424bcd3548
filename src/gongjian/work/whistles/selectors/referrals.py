"""What became of that which other rooms handed on."""

from collections.abc import Collection

from django.urls import reverse

from gongjian.kernel.permissions import may
from gongjian.kernel.referrals import Referred
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.reach import visible
from gongjian.work.whistles.services.referrals import SOURCE


def referred(account: Account, keys: Collection[str]) -> dict[str, Referred]:
    """Number and state for everybody who knows the key, the way there for who may see the whistle."""
    rows = list(Whistle.objects.filter(source=SOURCE, external_number__in=keys))
    reached: set[int] = set()
    if rows and may(account, "whistles.board"):
        reached = set(visible(account).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.external_number: Referred(row.number, row.get_state_display(), _url(row, reached)) for row in rows}


def _url(whistle: Whistle, reached: set[int]) -> str:
    return reverse("whistles:whistle", args=[whistle.pk]) if whistle.pk in reached else ""
