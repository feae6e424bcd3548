"""Who may take which step of a star rating. What hangs in a public notice or is published, everybody sees."""

from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_office,
)

grant(
    {
        "ratings.view": is_office | is_auditor | is_community_worker,
        "ratings.manage": is_clerk,
        "ratings.assess": is_clerk | (is_community_worker & in_own_community),
        "ratings.review": is_office,
        "ratings.send_back": is_office,
        "ratings.propose_fall": is_clerk | (is_community_worker & in_own_community),
        "ratings.view_published": anyone,
        "ratings.object": anyone,
    }
)
