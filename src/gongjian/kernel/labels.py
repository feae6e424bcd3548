"""Labels of choices, looked up. Django's own `get_…_display` hashes all labels of the field at each call."""

from collections.abc import Callable
from typing import Any

from django.db import models


def displaying(field: str, choices: type[models.Choices]) -> Callable[[Any], str]:
    """`get_state_display = displaying("state", State)` in a model."""
    labels = dict(choices.choices)

    def display(row: Any) -> str:
        value = getattr(row, field)
        return str(labels.get(value, value))

    return display
