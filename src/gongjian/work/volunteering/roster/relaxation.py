"""The case as a linear program: which decisions are as good as made, and what a seat is worth.

Most of a roster is a flow, so the linear program makes most decisions whole. It is solved over a few pairs of each shift.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongjian.work.volunteering.roster.case import Pair
from gongjian.work.volunteering.roster.model import Model, SeatRow

if TYPE_CHECKING:
    from ortools.linear_solver.pywraplp import Solver

WHOLE = 0.999


@dataclass(frozen=True)
class Relaxed:
    """`worth` is what one person more in a shift saves, for each row of the model about seats."""

    cost: float
    whole: frozenset[Pair]
    worth: dict[SeatRow, float]


def relax(model: Model, *, seconds: float) -> Relaxed | None:
    """None if the time did not suffice."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(max(1, int(seconds * 1000)))
    variables, rows = _linear(model, solver)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    whole = {pair for pair, variable in model.chosen.items() if variables[variable.index].solution_value() > WHOLE}
    worth = {seat: rows[seat.row].dual_value() for seat in model.seats}
    return Relaxed(solver.Objective().Value(), frozenset(whole), worth)


def _linear(model: Model, solver: "Solver") -> tuple[list[Any], list[Any]]:
    """The variables, and the row of each constraint of the model, in its order."""
    proto: Any = model.model.proto
    variables = []
    for variable in proto.variables:
        domain = list(variable.domain)
        variables.append(solver.NumVar(domain[0], domain[-1], ""))
    rows = [_row(constraint, variables, solver) for constraint in proto.constraints]
    objective = solver.Objective()
    for index, cost in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
        objective.SetCoefficient(variables[index], objective.GetCoefficient(variables[index]) + cost)
    objective.SetMinimization()
    return variables, rows


def _row(constraint: Any, variables: list[Any], solver: "Solver") -> Any:
    far = 2**60
    if constraint.has_linear():
        domain = list(constraint.linear.domain)
        low, high = domain[0], domain[-1]
        terms = list(zip(constraint.linear.vars, constraint.linear.coeffs, strict=True))
    elif constraint.has_at_most_one():
        low, high, terms = -far, 1, [(index, 1) for index in constraint.at_most_one.literals]
    else:  # one implication: if the first, then the second
        low, high, terms = -far, 0, [(constraint.enforcement_literal[0], 1), (constraint.bool_and.literals[0], -1)]
    row = solver.Constraint(
        -solver.infinity() if low <= -far else low,
        solver.infinity() if high >= far else high,
    )
    for index, coefficient in terms:
        row.SetCoefficient(variables[index], row.GetCoefficient(variables[index]) + coefficient)
    return row
