"""A neighborhood's call: what was reported, to whom it was dispatched, what happened to it, and what is counted of it."""

from gongjian.work.whistles.models.accounting import Exclusion, Rating, Revisit
from gongjian.work.whistles.models.categories import Category
from gongjian.work.whistles.models.clocks import Escalation, Pause
from gongjian.work.whistles.models.dispatches import Dispatch
from gongjian.work.whistles.models.filters import SavedFilter
from gongjian.work.whistles.models.happenings import Happening
from gongjian.work.whistles.models.photos import Photo
from gongjian.work.whistles.models.policies import Policy
from gongjian.work.whistles.models.topics import Topic, TopicTask
from gongjian.work.whistles.models.voices import Voice
from gongjian.work.whistles.models.whistles import OPEN_STATES, Whistle

__all__ = [
    "OPEN_STATES",
    "Category",
    "Dispatch",
    "Escalation",
    "Exclusion",
    "Happening",
    "Pause",
    "Photo",
    "Policy",
    "Rating",
    "Revisit",
    "SavedFilter",
    "Topic",
    "TopicTask",
    "Voice",
    "Whistle",
]
