"""What was cast."""

from django.db.models import OuterRef, QuerySet, Subquery

from gongjian.work.projects.voting.models import Ballot, Flat, Vote


def current_ballots(flat: Flat) -> dict[int, Ballot]:
    """The newest version for each motion, by its key."""
    rows = Ballot.objects.filter(flat=flat).select_related("owner", "proxy", "entered_by", "checked_by").order_by("version")
    return {ballot.motion_id: ballot for ballot in rows}


def ballots(vote: Vote) -> QuerySet[Ballot]:
    """All versions, newest first."""
    related = ("flat", "motion", "owner", "proxy", "entered_by", "checked_by", "scan")
    return Ballot.objects.filter(motion__vote=vote).select_related(*related).order_by("-pk")


def unchecked(vote: Vote) -> QuerySet[Ballot]:
    """Current paper that no second person has looked at."""
    newest = Ballot.objects.filter(flat=OuterRef("flat"), motion=OuterRef("motion")).order_by("-version").values("version")[:1]
    paper = Ballot.objects.filter(motion__vote=vote, means=Ballot.Means.PAPER, checked_by__isnull=True)
    return paper.filter(version=Subquery(newest))


def flats_to_check(vote: Vote) -> QuerySet[Flat]:
    return Flat.objects.filter(pk__in=unchecked(vote).values("flat")).order_by("number")
