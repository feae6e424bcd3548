"""Reading who reported it: shown to who needs it for the work, and written down."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle


@transaction.atomic
def reveal_reporter(actor: Account, *, whistle: Whistle, reason: str) -> dict[str, str]:
    """Name, phone and mail address in clear; the reading is recorded with its reason. Raises Invalid without one."""
    require(actor, "whistles.see_reporter", whistle)
    if len(reason.strip()) < 4:
        raise Invalid(_("请写明查看的理由，理由会记入日志。"), code="reason", field="reason")
    audit.record(actor, "whistles.reveal_reporter", whistle, reason=reason.strip())
    return {
        "name": whistle.reporter_name or "",
        "phone": whistle.reporter_phone or "",
        "email": whistle.reporter_email or "",
    }
