"""Who may do what with a whistle. Liaisons reach only what was dispatched to their organization."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_leader,
    is_liaison,
    is_office,
    is_staff,
    predicate,
)
from gongjian.work.whistles.models import Dispatch, Exclusion, Pause
from gongjian.work.whistles.selectors.reach import spoken_for


@predicate
def has_a_part(account: Account, thing: Any) -> bool:
    """The whistle (or the dispatch) was sent to an organization that the account speaks for."""
    if thing is None:
        return True
    if isinstance(thing, Dispatch):
        return thing.organization_id in spoken_for(account)
    live = thing.dispatches.exclude(state=Dispatch.State.RECALLED)
    return bool(live.filter(organization__in=spoken_for(account)).exists())


@predicate
def did_not_ask(account: Account, thing: "Pause | Exclusion | None") -> bool:
    return thing is None or thing.asked_by_id != account.pk


@predicate
def did_not_agree_first(account: Account, exclusion: Exclusion | None) -> bool:
    return exclusion is None or exclusion.first_by_id != account.pk


own_ground = is_community_worker & in_own_community
handler = is_clerk | ((is_liaison | is_community_worker) & has_a_part)

grant(
    {
        "whistles.report": anyone,
        "whistles.follow": anyone,
        "whistles.board": is_staff,
        "whistles.view": is_office | is_auditor | own_ground | ((is_liaison | is_community_worker) & has_a_part),
        "whistles.see_reporter": is_office | own_ground | (is_liaison & has_a_part),
        "whistles.blow": is_office | own_ground,
        "whistles.import": is_clerk,
        "whistles.approve": is_office,
        "whistles.triage": is_office,
        "whistles.dispatch": is_office,
        "whistles.merge": is_office,
        "whistles.handle": handler,
        "whistles.verify": is_clerk | own_ground,
        "whistles.revisit": is_clerk | own_ground,
        "whistles.rate_organization": own_ground | is_clerk,
        "whistles.rate_community": is_liaison & has_a_part,
        "whistles.close": is_clerk | own_ground,
        "whistles.reopen": is_office | own_ground,
        "whistles.ask_pause": handler | own_ground,
        "whistles.decide_pause": is_office & did_not_ask,
        "whistles.comment": is_office | own_ground | (is_liaison & has_a_part),
        "whistles.supervise": is_leader,
        "whistles.ask_exclusion": is_clerk | own_ground,
        "whistles.decide_exclusion": is_office & did_not_ask,
        "whistles.decide_exclusion_finally": is_office & did_not_ask & did_not_agree_first,
        "whistles.accounts": is_office | is_auditor | is_community_worker | is_liaison,
        "whistles.topics": is_staff,
        "whistles.manage_topics": is_office,
        "whistles.finish_topic": is_clerk,
        "whistles.configure": is_office,
    }
)
