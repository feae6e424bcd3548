"""Work that runs by itself, office by office."""

from gongjian.work.volunteering.tasks import certificates, rosters, service

__all__ = ["certificates", "rosters", "service"]
