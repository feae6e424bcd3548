"""Milestones and tasks of a project as bars over its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localtime

from gongjian.kernel import clock
from gongjian.work.projects.models import Project, Task

WIDTH = 100.0
LEAST = 0.6
"""So that a task of a single day is seen."""
MOST = 500


@dataclass(frozen=True)
class Bar:
    """`x` and `width` in percent of the time shown; a milestone has no width. `kind`: done, late, open, milestone."""

    title: str
    who: str
    first: date
    last: date
    kind: str
    x: float
    width: float
    thing: Any


@dataclass(frozen=True)
class Tick:
    x: float
    month: date


@dataclass(frozen=True)
class Gantt:
    """`today` is None where it lies outside the time shown."""

    first: date
    last: date
    bars: list[Bar]
    ticks: list[Tick]
    today: float | None


def gantt(project: Project) -> Gantt:
    """Dropped tasks are left out. Two queries."""
    milestones = list(project.milestones.all())
    tasks = Task.objects.filter(project=project).exclude(state=Task.State.DROPPED).select_related("responsible")
    rows = list(tasks.order_by("due_on", "pk")[:MOST])
    days = [project.begins_on, project.ends_on, *(one.due_on for one in milestones), *(one.due_on for one in rows)]
    first = min([*days, *(_begin(one) for one in rows)])
    last = max([*days, *(one.done_on for one in rows if one.done_on)])
    scale = _Scale(first, last)
    bars = [scale.milestone(one) for one in milestones] + [scale.task(one) for one in rows]
    bars.sort(key=lambda bar: (bar.last, bar.kind != "milestone"))
    today = clock.today()
    return Gantt(first, last, bars, list(scale.ticks()), scale.at(today) if first <= today <= last else None)


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last, self.days = first, last, (last - first).days + 1

    def at(self, day: date) -> float:
        return round(WIDTH * (day - self.first).days / self.days, 2)

    def milestone(self, one: Any) -> Bar:
        kind = "done" if one.reached_on else "late" if one.due_on < clock.today() else "milestone"
        day = one.reached_on or one.due_on
        day = min(max(day, self.first), self.last)
        return Bar(one.title, "", one.due_on, one.due_on, kind, self.at(day), 0, None)

    def task(self, one: Task) -> Bar:
        first, last = _begin(one), one.done_on or one.due_on
        kind = "done" if one.done_on else "late" if one.due_on < clock.today() else "open"
        x, end = self.at(min(first, last)), self.at(last + timedelta(days=1))
        return Bar(one.title, one.responsible.name, first, one.due_on, kind, x, max(round(end - x, 2), LEAST), one)

    def ticks(self) -> Iterator[Tick]:
        """The first of each month; of each quarter where there are many."""
        step = 1 if self.days < 500 else 3
        month = date(self.first.year, self.first.month, 1)
        while month <= self.last:
            if month >= self.first and (month.month - 1) % step == 0:
                yield Tick(self.at(month), month)
            month = (month + timedelta(days=32)).replace(day=1)


def _begin(task: Task) -> date:
    """Where no beginning was agreed, the day on which it was given, as far as that is before its end."""
    return task.begins_on or min(localtime(task.given_at).date(), task.due_on)
