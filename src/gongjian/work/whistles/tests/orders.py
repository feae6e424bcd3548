"""Work orders as the hotline hands them down."""

from typing import Any


def make_order(number: Any = "A-1", text: Any = "三号楼前的垃圾三天没有清了", **cells: Any) -> list[Any]:
    """`cells` by their English names."""
    names = ("number", "said_at", "text", "place", "spot", "name", "phone", "category", "longitude", "latitude")
    values = {"number": number, "text": text} | cells
    return [values.get(name) for name in names]
