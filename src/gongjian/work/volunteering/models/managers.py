"""Rows that reach their office by what they belong to."""

from gongjian.kernel.scoping import OfficeManager, Row


class OfVolunteer(OfficeManager[Row]):
    office_path = "volunteer__office"


class OfTeam(OfficeManager[Row]):
    office_path = "team__organization__office"


class OfActivity(OfficeManager[Row]):
    office_path = "activity__office"


class OfShift(OfficeManager[Row]):
    office_path = "shift__office"


class OfCall(OfficeManager[Row]):
    office_path = "call__office"


class OfAssignment(OfficeManager[Row]):
    office_path = "assignment__shift__office"


class OfAttendance(OfficeManager[Row]):
    office_path = "attendance__office"
