"""What `gongjian load whistles` calls."""

from collections.abc import Callable
from typing import Any

from gongjian.work.whistles.synthetic.loading import load_whistles


def whistles(count: int, in_office: int | None, progress: Callable[[int], None]) -> dict[str, Any]:
    """All of them in the first office."""
    loaded = load_whistles(count)
    progress(loaded.whistles)
    return {"whistles": loaded.whistles, "open": loaded.open}
