"""The solver's work in the background."""

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.registry.models import Office
from gongjian.work.volunteering.models import Roster
from gongjian.work.volunteering.services.rostering import solve_roster


@app.task(lock="volunteering.solve_roster")
def solve_in_background(roster_id: int, office_id: int) -> None:
    """One after another: a search takes both cores."""
    with scope(office=Office.objects.get(pk=office_id)):
        roster = Roster.objects.filter(pk=roster_id).select_related("activity").first()
        if roster is not None:
            solve_roster(roster=roster)
