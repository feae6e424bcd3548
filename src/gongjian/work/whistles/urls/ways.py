"""Other ways in: Excel and what came by mail."""

from typing import Any

urlpatterns: list[Any] = []
