"""Addresses of the list of whistles behind a figure."""

from typing import Any
from urllib.parse import urlencode

from gongjian.work.whistles.cycles import Cycle

LIST = "/whistles/list/"


def behind(cycle: Cycle, **group: Any) -> str:
    """The whistles blown in the cycle, of one group: community, lead, category (keys) or major (its name)."""
    wanted = {name: value for name, value in group.items() if value is not None}
    return f"{LIST}?{urlencode({'blown_from': cycle.first, 'blown_to': cycle.last, **wanted})}"
