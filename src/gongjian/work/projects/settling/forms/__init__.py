"""The forms of settlements."""

from gongjian.work.projects.settling.forms.drafting import CancelForm, SettlementForm, written
from gongjian.work.projects.settling.forms.fixing import CloseForm, DecideForm, PayForm, SignForm
from gongjian.work.projects.settling.forms.site import FinishForm, ReliefForm, VisitForm

__all__ = [
    "CancelForm",
    "CloseForm",
    "DecideForm",
    "FinishForm",
    "PayForm",
    "ReliefForm",
    "SettlementForm",
    "SignForm",
    "VisitForm",
    "written",
]
