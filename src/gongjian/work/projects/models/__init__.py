from gongjian.work.projects.models.files import ProjectFile
from gongjian.work.projects.models.projects import Funding, Participant, Programme, Project
from gongjian.work.projects.models.tasks import Milestone, Task

__all__ = ["Funding", "Milestone", "Participant", "Programme", "Project", "ProjectFile", "Task"]
