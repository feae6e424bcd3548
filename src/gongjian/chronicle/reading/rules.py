"""Whoever records deeds reads reports, and looks at the own ones; the office looks at all."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import grant, is_auditor, is_clerk, is_community_worker, is_leader, is_liaison, predicate


@predicate
def read_it(account: Account, report: Any) -> bool:
    return report is None or report.read_by_id == account.pk


records = is_clerk | is_community_worker | is_liaison

grant(
    {
        "reading.read": records,
        "reading.look": is_clerk | is_leader | is_auditor | (records & read_it),
        "reading.accept": is_clerk | (records & read_it),
    }
)
