"""The accounts: rates, exclusions, hot spots, topics."""

from typing import Any

urlpatterns: list[Any] = []
