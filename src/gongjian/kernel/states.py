"""Models whose state moves by transitions only."""

from typing import Any

from django.db import models
from django_fsm import FSMField


class StateField(FSMField):
    """A state that transitions move. The models of migrations have none to be collected.

    Each would listen for every model that a migration makes after it; a new database then took three times as long to migrate.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **options: Any) -> None:
        if cls.__module__ == "__fake__":
            models.CharField.contribute_to_class(self, cls, name, private_only=private_only)
        else:
            super().contribute_to_class(cls, name, private_only=private_only, **options)


class Stateful(models.Model):
    """A protected state refuses to be set a second time; reading it anew from the database is no change."""

    class Meta:
        abstract = True

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
