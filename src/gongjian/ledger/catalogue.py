"""The shipped catalogue of deed kinds, loaded after every migration. An office may add kinds; shipped ones follow the file."""

import tomllib
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("catalogue.toml")


def load_catalogue(**_signal: Any) -> None:
    from gongjian.ledger.models import DeedKind

    with _FILE.open("rb") as file:
        kinds = tomllib.load(file)["kind"]
    DeedKind.objects.bulk_create(
        [DeedKind(order=order, **kind) for order, kind in enumerate(kinds)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["category", "name_zh", "name_en", "unit", "order"],
    )
