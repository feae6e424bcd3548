"""A sample that anybody can draw again: by the seed and the keys alone, without a program of ours.

Each key is ranked by SHA-256 of `seed:key`; the lowest are drawn. Of several strata each gives its share, at least one.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256

Frame = Mapping[str, Sequence[int]]


def draw(frame: Frame, size: int, seed: str) -> list[tuple[str, int]]:
    """Stratum and key, stratum by stratum, in the order drawn; everything where the frame is no larger than `size`."""
    shares = shared_out({name: len(keys) for name, keys in frame.items()}, size)
    return [(name, key) for name, share in shares.items() for key in ranked(frame[name], seed)[:share]]


def ranked(keys: Sequence[int], seed: str) -> list[int]:
    return sorted(keys, key=lambda key: sha256(f"{seed}:{key}".encode()).digest())


def shared_out(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """In proportion by the largest remainders; nobody beyond their size, and one for each while there are enough."""
    sizes = {name: size for name, size in sorted(sizes.items()) if size}
    total = sum(sizes.values())
    if wanted >= total:
        return dict(sizes)
    due = {name: Fraction(wanted * size, total) for name, size in sizes.items()}
    shares = {name: max(int(share), 1 if wanted >= len(sizes) else 0) for name, share in due.items()}
    while (over := sum(shares.values()) - wanted) != 0:
        step = -1 if over > 0 else 1
        movable = [name for name in sizes if 0 < shares[name] + step <= sizes[name]] or list(sizes)
        name = max(movable, key=lambda name: (step * (due[name] - shares[name]), name))
        shares[name] += step
    return shares


def digest(frame: Frame) -> str:
    """Tells whether two people drew from the same keys."""
    lines = [f"{name}:{','.join(map(str, sorted(keys)))}" for name, keys in sorted(frame.items())]
    return sha256("\n".join(lines).encode()).hexdigest()
