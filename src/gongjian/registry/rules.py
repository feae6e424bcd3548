"""Who may look up and change the registers."""

from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_audit_administrator,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_leader,
    is_liaison,
    is_own_account,
    is_security_administrator,
    is_signed_in,
    is_staff,
    is_system_administrator,
    of_own_organization,
)

grant(
    {
        "registry.view_organization": anyone,
        "registry.view_register": is_staff,
        "registry.edit_register": is_clerk,
        # A community worker's list of people holds those of the own communities; see selectors.people.
        "registry.view_people": is_clerk | is_leader | is_auditor | is_community_worker,
        "registry.reveal_person": is_clerk | (is_community_worker & in_own_community),
        "registry.edit_people": is_clerk,
        "registry.take_consent": is_clerk | (is_community_worker & in_own_community),
        "registry.edit_calendar": is_clerk | is_system_administrator,
        "registry.manage_own_tokens": is_signed_in,
        "registry.manage_accounts": is_system_administrator,
        "registry.view_accounts": is_system_administrator | is_security_administrator,
        "registry.grant_roles": is_security_administrator,
        "registry.view_audit": is_audit_administrator | is_auditor,
        # What the kernel asks about its notifications: it knows neither accounts nor organizations.
        "notifications.read": is_signed_in,
        "notifications.manage_own": is_signed_in & is_own_account,
        "notifications.manage_of_organization": is_clerk | (is_liaison & of_own_organization),
    }
)
