"""Models whose state moves by transitions only."""

from typing import Any

from django.db import models


class Stateful(models.Model):
    """A protected state refuses to be set a second time; reading it anew from the database is no change."""

    class Meta:
        abstract = True

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
