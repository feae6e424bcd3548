"""Tenancy that fails closed: a query on an office's table outside an office's scope raises (django-scopes)."""

from typing import Any, ClassVar, TypeVar

from django.db import models
from django_scopes import get_scope
from django_scopes.manager import DisabledQuerySet

Row = TypeVar("Row", bound=models.Model)


class OfficeManager(models.Manager[Row]):
    """The manager of every model that has an `office`, or reaches it by `office_path` in a subclass.

    A class attribute and no argument, because Django makes the managers of reverse relations from the class alone.
    """

    office_path: ClassVar[str] = "office"

    def get_queryset(self) -> "models.QuerySet[Row]":
        scope: dict[str, Any] = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "office" not in scope:
            refusing: models.QuerySet[Row] = DisabledQuerySet(self.model, using=self._db, missing_scopes=["office"])
            return refusing
        return super().get_queryset().filter(**{self.office_path: scope["office"]})
