"""The shipped catalogue of deed kinds, loaded after every migration. An office may add kinds; shipped ones follow the file."""

import tomllib
from pathlib import Path
from typing import Any, cast

_FILE = Path(__file__).with_name("catalogue.toml")


def shipped_kinds() -> list[dict[str, str]]:
    """Of the file; needs no database."""
    with _FILE.open("rb") as file:
        kinds: list[dict[str, str]] = tomllib.load(file)["kind"]
    return kinds


def load_catalogue(**_signal: Any) -> None:
    from gongjian.ledger.models import DeedKind

    DeedKind.objects.bulk_create(
        [DeedKind(order=order, **cast(dict[str, Any], kind)) for order, kind in enumerate(shipped_kinds())],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["category", "name_zh", "name_en", "unit", "order"],
    )
