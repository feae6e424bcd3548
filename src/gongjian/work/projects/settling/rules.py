"""Who sees and keeps settlements: the office, the community, and the unit whose premises they are."""

from gongjian.registry.roles import (
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    of_own_organization,
)

own_ground = is_community_worker & in_own_community
own_premises = is_liaison & of_own_organization

grant(
    {
        # Asked about a settlement; rents and debts of a tenant are nobody else's business.
        "settling.view": is_office | is_auditor | own_ground | own_premises,
        "settling.keep": is_clerk | own_ground | own_premises,
        "settling.keep_rules": is_clerk,
    }
)
