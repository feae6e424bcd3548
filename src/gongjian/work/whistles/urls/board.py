"""The selection as board, list and map, and one whistle as a page."""

from typing import Any

urlpatterns: list[Any] = []
