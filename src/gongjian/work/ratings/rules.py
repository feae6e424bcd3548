"""Who may take which step of a star rating. What hangs in a public notice or is published, everybody sees."""

from gongjian.registry.roles import (
    grant,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_office,
)

grant(
    {
        "ratings.view": is_office | is_auditor | is_community_worker,
        "ratings.manage": is_clerk,
    }
)
