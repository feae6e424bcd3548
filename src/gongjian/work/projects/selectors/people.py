"""Who can be responsible in a project: those who see it in their work."""

from django.db.models import Q, QuerySet

from gongjian.registry.models import Account, Role
from gongjian.work.projects.models import Project


def candidates(project: Project) -> QuerySet[Account]:
    """The office's clerks and leaders, who works in its community, and the liaisons of organizations that take part."""
    place = project.place
    above = [place.path.rsplit("/", back)[0] for back in range(place.depth)]
    held = Q(assignments__until__isnull=True)
    office = held & Q(assignments__role__in=[Role.OFFICE_CLERK, Role.OFFICE_LEADER])
    ground = held & Q(assignments__role=Role.COMMUNITY_WORKER, assignments__community__path__in=above)
    taking_part = project.participants.values("organization")
    units = held & Q(assignments__role=Role.UNIT_LIAISON, assignments__organization__in=taking_part)
    found = Account.objects.filter(office | ground | units, office=project.office_id, is_active=True)
    return found.distinct().order_by("name", "pk")
