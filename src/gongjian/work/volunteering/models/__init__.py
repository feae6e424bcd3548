"""The nouns of volunteering: teams and volunteers, activities with their shifts, calls, places in shifts, and hours."""

from gongjian.work.volunteering.models.activities import Activity, Post
from gongjian.work.volunteering.models.assignments import Assignment, SwapOffer
from gongjian.work.volunteering.models.attendance import LATEST_OUT, Attendance, Means, Stamp
from gongjian.work.volunteering.models.calls import Call, Enrollment
from gongjian.work.volunteering.models.certificates import ISSUERS, Correction, ServiceCertificate, Star
from gongjian.work.volunteering.models.fields import Field, Language, hours_kind, people_kind
from gongjian.work.volunteering.models.rosters import Roster, RosterBar, RosterPlace
from gongjian.work.volunteering.models.shifts import Shift, ShiftNeed, Wish
from gongjian.work.volunteering.models.spot_checks import SpotCheck, SpotCheckLine
from gongjian.work.volunteering.models.teams import Membership, Team
from gongjian.work.volunteering.models.volunteers import Absence, Availability, Companion, Skill, Volunteer

__all__ = [
    "ISSUERS",
    "LATEST_OUT",
    "Absence",
    "Activity",
    "Assignment",
    "Attendance",
    "Availability",
    "Call",
    "Companion",
    "Correction",
    "Enrollment",
    "Field",
    "Language",
    "Means",
    "Membership",
    "Post",
    "Roster",
    "RosterBar",
    "RosterPlace",
    "ServiceCertificate",
    "Shift",
    "ShiftNeed",
    "Skill",
    "SpotCheck",
    "SpotCheckLine",
    "Stamp",
    "Star",
    "SwapOffer",
    "Team",
    "Volunteer",
    "Wish",
    "hours_kind",
    "people_kind",
]
