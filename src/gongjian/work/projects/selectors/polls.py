"""Questions about polls."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.projects.models import Answer, Poll
from gongjian.work.projects.selectors.projects import of_own_project


@dataclass(frozen=True)
class Counted:
    """One option, how many households chose it, and their reasons."""

    option: str
    count: int
    percent: int
    reasons: list[Answer]


def get_poll(account: Account, pk: int) -> Poll:
    """Raises Missing."""
    return of_own_project(account, Poll.objects.prefetch_related("project__participants"), pk)


def poll_of(slug: str) -> Poll:
    """For whoever has the address. Raises Missing."""
    poll = Poll.objects.filter(slug=slug).select_related("project__place", "office").first()
    if poll is None:
        raise Missing(_("没有这次征求意见，请核对地址。"))
    return poll


def counted(poll: Poll, *, reasons: bool) -> list[Counted]:
    """Two queries, however many answers."""
    counts = dict(Answer.objects.filter(poll=poll).values_list("choice").annotate(count=Count("pk")))
    given: QuerySet[Answer] = Answer.objects.filter(poll=poll).exclude(reason="").order_by("household", "pk")
    said = list(given) if reasons else []
    whole = sum(counts.values())
    return [
        Counted(
            option,
            counts.get(at, 0),
            100 * counts.get(at, 0) // whole if whole else 0,
            [one for one in said if one.choice == at],
        )
        for at, option in enumerate(poll.options)
    ]
