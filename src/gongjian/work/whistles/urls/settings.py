"""Policy, categories and the working calendar."""

from typing import Any

urlpatterns: list[Any] = []
