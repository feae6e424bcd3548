"""The case as one optimization for CP-SAT. Locked assignments are no variables: they only take seats, time and hours."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from gongjian.work.volunteering.roster.candidates import Candidates
from gongjian.work.volunteering.roster.case import Pair, Shift, Volunteer
from gongjian.work.volunteering.roster.cliques import cliques
from gongjian.work.volunteering.roster.costs import LoadScale, preference
from gongjian.work.volunteering.roster.workload import day_of, in_minutes, least, week_of

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar


class SeatRow(NamedTuple):
    """A row of the model about how many are in a shift: at least `amount` for `price` each, or with price 0 at most."""

    row: int
    shift: int
    skill: str | None
    amount: int
    price: int


class Model:
    """`model` is ready to be solved; `chosen[pair]` are its decisions."""

    def __init__(self, candidates: Candidates, before: Collection[Pair] = ()) -> None:
        from ortools.sat.python import cp_model

        self.candidates, self.case, self.scale = candidates, candidates.case, LoadScale(candidates.case)
        self.model: CpModel = cp_model.CpModel()
        self.chosen: dict[Pair, IntVar] = {pair: self.model.new_bool_var("") for pair in candidates.pairs()}
        self.seats: list[SeatRow] = []
        self._objective: list[tuple[int, IntVar]] = []
        self._missing: list[tuple[IntVar, int, list[IntVar]]] = []
        self._bands: list[tuple[list[tuple[int, IntVar]], list[tuple[int, IntVar]]]] = []
        self._both: list[tuple[IntVar, IntVar, IntVar]] = []
        for shift in self.case.shifts:
            self._cover(shift)
        for person in self.case.volunteers:
            self._give_rest(person)
            self._limit_hours(person)
            self._weigh_load(person)
        self._join_friends()
        self._prefer(before)
        self.model.minimize(sum(cost * variable for cost, variable in self._objective))

    def hint(self, pairs: Collection[Pair]) -> None:
        """Begin with these pairs; with every other variable said too, they are a roster at once."""
        hinted = {variable.index for pair, variable in self.chosen.items() if pair in pairs}
        for variable in self.chosen.values():
            self.model.add_hint(variable, variable.index in hinted)
        for missing, wanted, inside in self._missing:
            self.model.add_hint(missing, max(0, wanted - sum(one.index in hinted for one in inside)))
        for bands, shifts in self._bands:
            units = sum(amount for amount, variable in shifts if variable.index in hinted)
            for room, band in bands:
                self.model.add_hint(band, min(room, units))
                units -= min(room, units)
        for both, one, other in self._both:
            self.model.add_hint(both, one.index in hinted and other.index in hinted)

    def _cover(self, shift: Shift) -> None:
        """At most the maximum; what the minimum lacks, and what each skill lacks, is paid for."""
        people = self.candidates.people(shift.key)
        locked = self.candidates.locked
        inside = [self.chosen[Pair(key, shift.key)] for key in people]
        if inside:
            room = max(0, shift.maximum - len(locked.people(shift.key)))
            row = self.model.add(sum(inside) <= room)
            self.seats.append(SeatRow(row.index, shift.key, None, room, 0))
        self._pay(shift.key, None, inside, locked.missing(shift.key), self.case.weights.seat)
        for skill, count in locked.missing_skills(shift.key).items():
            able = [self.chosen[Pair(key, shift.key)] for key in people if skill in self.case.volunteer[key].skills]
            self._pay(shift.key, skill, able, count, self.case.weights.skill)

    def _pay(self, shift: int, skill: str | None, inside: list["IntVar"], wanted: int, cost: int) -> None:
        if wanted > 0:
            missing = self.model.new_int_var(0, wanted, "")
            row = self.model.add(sum(inside) + missing >= wanted)
            self.seats.append(SeatRow(row.index, shift, skill, wanted, cost))
            self._objective.append((cost, missing))
            self._missing.append((missing, wanted, inside))

    def _give_rest(self, person: Volunteer) -> None:
        """Shifts that share a moment once each is prolonged by the rest exclude one another."""
        shifts = [self.case.shift[key] for key in self.candidates.shifts(person.key)]
        for clique in cliques(shifts, self.case.rules.rest):
            self.model.add_at_most_one(self.chosen[Pair(person.key, shift.key)] for shift in clique)

    def _limit_hours(self, person: Volunteer) -> None:
        rules = self.case.rules
        self._at_most(person, rules.per_day, day_of)
        self._at_most(person, least(rules.per_week, person.per_week), week_of)
        self._at_most(person, least(rules.in_all, person.most), lambda shift: None)

    def _at_most(self, person: Volunteer, most: timedelta | None, span: Callable[[Shift], Hashable]) -> None:
        """The minutes in each `span` stay under `most`, less what is locked there."""
        if most is None:
            return
        taken: dict[Hashable, int] = defaultdict(int)
        for key in self.candidates.locked.shifts(person.key):
            taken[span(self.case.shift[key])] += self.case.shift[key].minutes
        groups: dict[Hashable, list[Shift]] = defaultdict(list)
        for key in self.candidates.shifts(person.key):
            groups[span(self.case.shift[key])].append(self.case.shift[key])
        for where, group in groups.items():
            left = in_minutes(most) - taken[where]
            if sum(shift.minutes for shift in group) > left:
                self.model.add(sum(shift.minutes * self.chosen[Pair(person.key, shift.key)] for shift in group) <= left)

    def _weigh_load(self, person: Volunteer) -> None:
        """Each further step costs more than the one before, so that sums of squares, not single loads, are kept small."""
        scale = self.scale
        shifts = [
            (scale.units(self.case.shift[key].minutes), self.chosen[Pair(person.key, key)])
            for key in self.candidates.shifts(person.key)
        ]
        if not shifts:
            return
        carried = scale.units(self.candidates.locked.minutes(person.key) + in_minutes(person.served))
        bands = []
        for room, cost in scale.steps(carried):
            band = self.model.new_int_var(0, room, "")
            bands.append((room, band))
            self._objective.append((cost, band))
        self.model.add(sum(units * chosen for units, chosen in shifts) == sum(band for _room, band in bands))
        self._bands.append((bands, shifts))

    def _join_friends(self) -> None:
        for one, other in self.case.friends:
            for shift in {*self.candidates.shifts(one)} & {*self.candidates.shifts(other)}:
                both = self.model.new_bool_var("")
                pair = self.chosen[Pair(one, shift)], self.chosen[Pair(other, shift)]
                self.model.add_implication(both, pair[0])
                self.model.add_implication(both, pair[1])
                self._objective.append((-self.case.weights.friend, both))
                self._both.append((both, *pair))

    def _prefer(self, before: Collection[Pair]) -> None:
        waiting: dict[Pair, int] = defaultdict(int)
        for one, other in self.case.friends:
            for here, there in ((one, other), (other, one)):
                for shift in self.candidates.locked.shifts(there):
                    waiting[Pair(here, shift)] += self.case.weights.friend
        for pair, variable in self.chosen.items():
            if cost := preference(self.case, pair, before) - waiting[pair]:
                self._objective.append((cost, variable))
