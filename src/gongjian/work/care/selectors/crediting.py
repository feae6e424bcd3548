"""Which months of visits could stand in the ledger and do not yet."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from gongjian.kernel import clock
from gongjian.registry.models import Place
from gongjian.work.care.models import Credit, Visit


def uncredited_months(communities: "QuerySet[Place] | list[Place]") -> list[tuple[int, date]]:
    """Community and first of the month, oldest first: months that are over and have visits that are no deed yet."""
    first = clock.today().replace(day=1)
    credited = Credit.objects.filter(community=OuterRef("pairing__community"), days__contains=OuterRef("day"))
    rows = Visit.objects.filter(pairing__community__in=communities).exclude(went=Visit.Went.ABSENT)
    rows = rows.exclude(doer=Visit.Doer.COMMUNITY).annotate(day=TruncDate("at"), month=TruncMonth("at"))
    open_ones = rows.filter(day__lt=first).exclude(Exists(credited)).values_list("pairing__community", "month")
    return [(community, month.date()) for community, month in open_ones.distinct().order_by("month", "pairing__community")]


def credits_in(communities: "QuerySet[Place] | list[Place]") -> QuerySet[Credit]:
    found = Credit.objects.filter(community__in=communities).select_related("community", "organization", "person", "by")
    return found.order_by("-days", "-pk")


def last_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
