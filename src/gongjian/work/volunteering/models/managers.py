"""Rows that reach their office by what they belong to."""

from typing import Any

from gongjian.kernel.scoping import OfficeManager


class OfVolunteer(OfficeManager[Any]):
    office_path = "volunteer__office"


class OfTeam(OfficeManager[Any]):
    office_path = "team__organization__office"


class OfActivity(OfficeManager[Any]):
    office_path = "activity__office"


class OfShift(OfficeManager[Any]):
    office_path = "shift__office"


class OfCall(OfficeManager[Any]):
    office_path = "call__office"


class OfAssignment(OfficeManager[Any]):
    office_path = "assignment__shift__office"


class OfAttendance(OfficeManager[Any]):
    office_path = "attendance__office"
