"""Everything that can be done with retrofit elevators."""

from gongjian.work.projects.elevators.services.costs import agree_on_costs, agree_with, set_costs
from gongjian.work.projects.elevators.services.retrofits import do_step, do_step_with, open_retrofit, stop_retrofit
from gongjian.work.projects.elevators.services.tables import add_table, load_shipped_tables

__all__ = [
    "add_table",
    "agree_on_costs",
    "agree_with",
    "do_step",
    "do_step_with",
    "load_shipped_tables",
    "open_retrofit",
    "set_costs",
    "stop_retrofit",
]
