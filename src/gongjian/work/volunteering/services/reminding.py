"""The day before a shift, once."""

from datetime import timedelta

from django.db import transaction

from gongjian.kernel import clock
from gongjian.work.volunteering.models import Assignment
from gongjian.work.volunteering.services.telling import tell_soon

BEFORE = timedelta(hours=24)
MOST_AT_ONCE = 500


@transaction.atomic
def remind() -> int:
    """Whoever is booked for a shift that begins within a day and was not reminded; several workers never tell twice."""
    now = clock.now()
    due = Assignment.objects.filter(state=Assignment.State.BOOKED, reminded_at=None, begins__gt=now, begins__lte=now + BEFORE)
    related = due.select_related("shift__activity__place", "shift__post", "volunteer")
    rows = list(related.select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE])
    for row in rows:
        row.reminded_at = now
        tell_soon(row)
    Assignment.objects.bulk_update(rows, ["reminded_at"])
    return len(rows)
