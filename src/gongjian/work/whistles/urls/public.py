"""What anybody may open: report, follow, rate, join."""

from typing import Any

urlpatterns: list[Any] = []
