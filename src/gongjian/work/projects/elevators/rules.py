"""Who sees and keeps retrofit elevators; how far one is, everybody may see."""

from gongjian.registry.roles import (
    anyone,
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
own_works = is_liaison & of_own_organization

grant(
    {
        # Shares name what each flat pays.
        "elevators.view": is_office | is_auditor | own_ground | own_works,
        "elevators.keep": is_clerk | own_ground | own_works,
        "elevators.keep_tables": is_clerk,
        "elevators.see_status": anyone,
    }
)
