"""What the nested parts (votes, elevators, settlements) show on the page of a project.

A part's `apps.py` names a function of (account, project) that returns a `Section` or None:
`project_section = "gongjian.work.projects.voting.selectors.section"`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from gongjian.kernel.rooms import rooms
from gongjian.registry.models import Account
from gongjian.work.projects.models import Project


@dataclass(frozen=True)
class SectionLine:
    title: str
    detail: str
    url: str
    badge: Any = ""


@dataclass(frozen=True)
class SectionAct:
    label: Any
    icon: str
    url: str


@dataclass(frozen=True)
class Section:
    """`acts` are links that the account may follow; `empty` says what to do while there is no line."""

    title: Any
    icon: str
    lines: Sequence[SectionLine] = ()
    acts: Sequence[SectionAct] = ()
    empty: Any = ""


def sections_of(account: Account, project: Project) -> list[Section]:
    named = [name for room in rooms() if (name := getattr(room, "project_section", ""))]
    found = [import_string(name)(account, project) for name in named]
    return [section for section in found if section is not None]
