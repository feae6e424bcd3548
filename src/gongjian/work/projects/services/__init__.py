"""Everything that can be done with projects."""

from gongjian.work.projects.services.projects import (
    add_funding,
    add_participant,
    add_programme,
    change_project,
    finish_project,
    found_branch,
    open_project,
    remove_funding,
    remove_participant,
    start_project,
    stop_project,
)

__all__ = [
    "add_funding",
    "add_participant",
    "add_programme",
    "change_project",
    "finish_project",
    "found_branch",
    "open_project",
    "remove_funding",
    "remove_participant",
    "start_project",
    "stop_project",
]
