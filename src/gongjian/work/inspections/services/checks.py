"""What must hold for what people write about inspections."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.work.inspections.models import Finding, Inspection, Severity

LIMITS = {Severity.MINOR: 15, Severity.SERIOUS: 7, Severity.MAJOR: 1}
"""Days, where nobody says otherwise; each finding has its own date."""
LONGEST = timedelta(days=366)


def checked_words(words: str, sentence: str, *, field: str = "words") -> str:
    """Raises Invalid with `sentence` where nothing is said."""
    if len(words.strip()) < 2:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    return words.strip()


def checked_limit(due_on: date | None, severity: str) -> date:
    """From today to a year ahead; the severity's own where none is given. Raises Invalid."""
    today = clock.today()
    if due_on is None:
        return today + timedelta(days=LIMITS[Severity(severity)])
    if not today <= due_on <= today + LONGEST:
        raise Invalid(_("整改期限要在今天到一年以内。"), code="limit", field="due_on")
    return due_on


def seen_at(moment: datetime | None) -> datetime:
    """A phone's clock may run ahead, never ours."""
    return min(moment or clock.now(), clock.now())


def held_inspection(inspection: Inspection) -> Inspection:
    """As it is now, locked until the transaction ends. Raises Missing."""
    found = Inspection.objects.select_for_update(of=("self",)).select_related("place", "organization").filter(pk=inspection.pk)
    return _there(found.first(), _("没有这次检查。"))  # type: ignore[no-any-return]


def held_finding(finding: Finding) -> Finding:
    """The same for a finding."""
    related = ("inspection", "place", "organization", "department")
    found = Finding.objects.select_for_update(of=("self",)).select_related(*related).filter(pk=finding.pk)
    return _there(found.first(), _("没有这处隐患。"))  # type: ignore[no-any-return]


def _there(found: Any, sentence: str) -> Any:
    if found is None:
        raise Missing(sentence)
    return found


@contextmanager
def moving(thing: Inspection | Finding) -> Iterator[None]:
    """Raises Conflict where the state does not allow the step."""
    before = thing.get_state_display()
    try:
        yield
    except TransitionNotAllowed as error:
        sentence = _("现在是“%(state)s”，不能这样办。可能别人刚刚办过，请刷新看看。") % {"state": before}
        raise Conflict(sentence, code="wrong-state") from error
