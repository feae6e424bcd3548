"""Tenancy that fails closed: a query on an office's table outside an office's scope raises (django-scopes)."""

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django_scopes import ScopedManager

Row = TypeVar("Row", bound=models.Model)

if TYPE_CHECKING:
    _Scoped = models.Manager
else:
    _Scoped = type(ScopedManager(office="office"))


class OfficeManager(_Scoped[Row]):
    """The manager of every model that has an `office`."""
