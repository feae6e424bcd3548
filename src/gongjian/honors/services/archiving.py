"""Taking the whole campaign out as one file."""

from typing import IO

from django.utils.translation import gettext as _

from gongjian.honors import archive
from gongjian.honors.models import Campaign
from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account


def write_archive(actor: Account, *, campaign: Campaign, file: IO[bytes]) -> None:
    """Streams the zip into `file`; the same campaign gives the same bytes. Raises Conflict before a decision."""
    require(actor, "honors.take_archive", campaign)
    if not hasattr(campaign, "decision"):
        raise Conflict(_("还没有作出决定，没有可归档的内容。"), code="wrong-step")
    archive.write(campaign, file)
    audit.record(actor, "honors.take_archive", campaign)
