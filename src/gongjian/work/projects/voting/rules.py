"""Who prepares, enters, checks and sees owners' votes."""

from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_office,
)

own_ground = is_community_worker & in_own_community

grant(
    {
        # The roll names owners and what they hold.
        "voting.view": is_office | is_auditor | own_ground,
        "voting.keep": is_clerk | own_ground,
        "voting.cast": anyone,
        "voting.see_result": anyone,
    }
)
