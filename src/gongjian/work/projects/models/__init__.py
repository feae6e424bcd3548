from gongjian.work.projects.models.projects import Funding, Participant, Programme, Project

__all__ = ["Funding", "Participant", "Programme", "Project"]
