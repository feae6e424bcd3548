"""How far an account sees: said once, for deeds and for their sums alike."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongjian.registry.models import Place, Role


@dataclass(frozen=True)
class Reach:
    """Everything public, and besides it the whole office, some communities, or some organizations."""

    whole: bool = False
    communities: tuple[str, ...] = ()
    organizations: tuple[int, ...] = ()

    def condition(self) -> Q:
        """For whatever has `public`, `place` and `organization`."""
        if self.whole:
            return Q()
        seen = Q(public=True)
        if self.communities:
            seen |= Q(place__in=Place.objects.filter(self._inside()))
        if self.organizations:
            seen |= Q(organization__in=self.organizations)
        return seen

    def _inside(self) -> Q:
        inside = Q()
        for path in self.communities:
            inside |= Q(path=path) | Q(path__startswith=path + "/")
        return inside

    def places(self) -> Any:
        """Where somebody with this reach may record: the own communities, or everywhere."""
        return Place.objects.filter(self._inside()) if self.communities else Place.objects.all()


def reach_of(account: Any) -> Reach:
    """`account` may be anonymous."""
    if not account.is_authenticated:
        return Reach()
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return Reach(whole=True)
    return Reach(communities=tuple(account.community_paths()), organizations=tuple(sorted(account.organization_ids())))
