"""The nouns of retrofit elevators."""

from gongjian.work.projects.elevators.models.coefficients import CoefficientTable
from gongjian.work.projects.elevators.models.retrofits import CostShare, Retrofit, StepDone

__all__ = ["CoefficientTable", "CostShare", "Retrofit", "StepDone"]
