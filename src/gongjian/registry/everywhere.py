"""Work that runs by itself runs office by office."""

from collections.abc import Callable

from django_scopes import scope

from gongjian.registry.models import Office


def in_every_office(*works: Callable[[], object]) -> None:
    """One after another in the scope of each office, which is closed again whatever happens."""
    for office in Office.objects.order_by("pk"):
        with scope(office=office):
            for work in works:
                work()
