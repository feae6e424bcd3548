from gongjian.work.projects.models.diary import DiaryEntry
from gongjian.work.projects.models.files import ProjectFile
from gongjian.work.projects.models.meetings import Attendee, Meeting, Opinion, Resolution
from gongjian.work.projects.models.polls import Answer, Poll
from gongjian.work.projects.models.projects import Funding, Participant, Programme, Project
from gongjian.work.projects.models.tasks import Milestone, Task

__all__ = [
    "Answer",
    "Attendee",
    "DiaryEntry",
    "Funding",
    "Meeting",
    "Milestone",
    "Opinion",
    "Participant",
    "Poll",
    "Programme",
    "Project",
    "ProjectFile",
    "Resolution",
    "Task",
]
