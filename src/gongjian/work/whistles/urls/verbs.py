"""The forms by which staff act on a whistle."""

from typing import Any

urlpatterns: list[Any] = []
