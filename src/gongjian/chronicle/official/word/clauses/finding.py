from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`holds` None: a file cannot show it, somebody must look at the printed pages."""

    clause: str
    demand: str
    found: str
    holds: bool | None

    @property
    def mark(self) -> str:
        return {True: "✓", False: "✗", None: "?"}[self.holds]


def near(value: float, wanted: float, tolerance: float = 0.5) -> bool:
    return abs(value - wanted) <= tolerance
