"""Who may do what with teams, calls, shifts and hours. An organizer is whoever speaks for the community or the unit."""

from gongjian.registry.models import Account, Organization
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
    is_signed_in,
    is_staff,
    of_own_organization,
    predicate,
)
from gongjian.work.volunteering.models import Attendance


@predicate
def did_not_enter_it(account: Account, attendance: Attendance | None) -> bool:
    """Only what somebody typed in afterwards needs a second person; a scan speaks for itself."""
    if attendance is None or "manual" not in (attendance.came_by, attendance.left_by):
        return True
    return attendance.entered_by_id != account.pk


@predicate
def is_not_about_oneself(account: Account, attendance: Attendance | None) -> bool:
    return attendance is None or attendance.volunteer.person_id != account.person_id


@predicate
def of_own_community(account: Account, issuer: Organization | None) -> bool:
    """A residents' committee is that of its community; what else lies there is not."""
    if issuer is None:
        return True
    return issuer.kind == Organization.Kind.COMMITTEE and in_own_community(account, issuer)


own_activity = (is_community_worker & in_own_community) | (is_liaison & of_own_organization)
organizer = is_clerk | own_activity


@predicate
def organizes_its_activity(account: Account, attendance: Attendance | None) -> bool:
    """Not the unit that somebody came for: who sends people does not say that they were there."""
    return bool(organizer.test(account, attendance and attendance.shift.activity))


grant(
    {
        "volunteering.join": anyone,
        "volunteering.look": is_staff,
        "volunteering.view": is_office | is_auditor | own_activity,
        "volunteering.organize": organizer,
        "volunteering.send_people": organizer,  # about the unit for which they come
        "volunteering.found_team": is_clerk,
        "volunteering.lead_team": is_clerk | (is_liaison & of_own_organization),
        "volunteering.register": organizer,
        "volunteering.view_volunteers": is_clerk | is_leader | is_auditor | is_community_worker | is_liaison,
        "volunteering.check_in": organizer,
        "volunteering.own_record": is_signed_in,
        "volunteering.certify": is_clerk | (is_community_worker & of_own_community) | (is_liaison & of_own_organization),
        "volunteering.view_certificates": is_office | is_auditor | is_community_worker | is_liaison,
        "volunteering.spot_check": is_clerk,
        "volunteering.view_spot_checks": is_office | is_auditor,
        "volunteering.set_stars": is_clerk,
        "volunteering.confirm_hours": organizes_its_activity & did_not_enter_it & is_not_about_oneself,
    }
)
