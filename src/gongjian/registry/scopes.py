"""What a machine's token may be limited to. A room that offers more over the API adds its line here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, Any] = {
    "registry:read": _("查底册：单位、地方、党组织"),
    "ledger:read": _("查事迹和统计"),
    "ledger:write": _("记事迹"),
    "honors:read": _("查评选和荣誉"),
}
