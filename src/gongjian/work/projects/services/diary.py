"""The site diary."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.work.projects.models import DiaryEntry, Project, ProjectFile
from gongjian.work.projects.services.checks import check_open, check_past, check_words
from gongjian.work.projects.services.projects import locked, refusing


@transaction.atomic
def write_diary(actor: Account, *, project: Project, on: date, words: str, photos: Sequence[Any] = ()) -> DiaryEntry:
    require(actor, "projects.run", project)
    return write_diary_with(actor, project=project, on=on, words=words, evidence=take_in_files(actor, files=photos))


@transaction.atomic
def write_diary_with(
    actor: Account, *, project: Project, on: date, words: str, evidence: Sequence[Evidence] = ()
) -> DiaryEntry:
    """The same with evidence that the ledger has already."""
    require(actor, "projects.run", project)
    project = locked(project)
    check_open(project)
    check_past(on, field="on")
    words = check_words(words, field="words", sentence=_("请写做了什么。"), most=1000)
    entry = DiaryEntry(project=project, on=on, words=words, written_by=actor, written_at=clock.now())
    with refusing(_("这一天已经有同样的一条。"), field="words"):
        entry.save()
    links = [ProjectFile(project=project, entry=entry, evidence=item) for item in evidence]
    ProjectFile.objects.bulk_create(links, ignore_conflicts=True)
    audit.record(actor, "projects.write_diary", project, entry=entry.pk)
    return entry
