"""Who may do what with needs, offers, claims and agreements."""

from gongjian.registry.roles import (
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    is_staff,
    of_own_organization,
)

own_ground = is_community_worker & in_own_community
own_unit = is_liaison & of_own_organization

grant(
    {
        "cobuilding.view": is_staff,
        "cobuilding.post_need": is_clerk | own_ground,
        "cobuilding.post_offer": is_clerk | own_unit,
        "cobuilding.view_claim": is_office | is_auditor | own_ground | own_unit,
        "cobuilding.speak": is_clerk | own_ground | own_unit,
        # Asked about the organization or the claim: who speaks for the giver.
        "cobuilding.give": is_clerk | own_unit,
        # Asked about the place or the claim: who speaks for the beneficiary.
        "cobuilding.receive": is_clerk | own_ground,
        # What arrived is judged where it arrived, by nobody else.
        "cobuilding.accept": own_ground,
        "cobuilding.view_agreement": is_office | is_auditor | own_ground | own_unit,
        "cobuilding.keep_agreement": is_clerk | own_ground | own_unit,
        "cobuilding.contributions": is_office | is_auditor | own_unit,
        "cobuilding.view_report_in": is_office | is_auditor | own_ground | own_unit,
        "cobuilding.report_in": is_clerk | own_ground,
        "cobuilding.match": is_clerk,
        "cobuilding.finish": is_clerk | own_ground,
    }
)
