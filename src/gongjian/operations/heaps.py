"""How much memory threads hold on to."""

import ctypes

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""


def share_heaps(most: int = 2) -> None:
    """To be called before there are threads. Each would get a heap of its own, kept at the most that it ever held.

    Processes forked later inherit it; other C libraries know no such setting and are left alone.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, most)
