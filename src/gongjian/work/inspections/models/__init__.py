from gongjian.work.inspections.models.checklists import Checklist, Item, Kind
from gongjian.work.inspections.models.findings import OPEN_STATES, Finding, FindingPhoto, FindingStep, Severity
from gongjian.work.inspections.models.inspections import Answer, Inspection, Party
from gongjian.work.inspections.models.lectures import Lecture

__all__ = [
    "OPEN_STATES",
    "Answer",
    "Checklist",
    "Finding",
    "FindingPhoto",
    "FindingStep",
    "Inspection",
    "Item",
    "Kind",
    "Lecture",
    "Party",
    "Severity",
]
