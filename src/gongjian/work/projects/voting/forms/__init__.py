"""The forms of owners' votes."""

from gongjian.work.projects.voting.forms.casting import OnlineForm, PaperForm
from gongjian.work.projects.voting.forms.keeping import (
    AnswerForm,
    CancelForm,
    MotionForm,
    ObjectionForm,
    ProxyForm,
    VoteForm,
)

__all__ = ["AnswerForm", "CancelForm", "MotionForm", "ObjectionForm", "OnlineForm", "PaperForm", "ProxyForm", "VoteForm"]
