"""Paging through long lists by key: the hundredth page costs what the first costs, and nothing is skipped when rows come in."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid


@dataclass(frozen=True)
class KeyPage:
    """`next` is the cursor of the following page, None on the last."""

    items: list[Any]
    next: str | None


def page_after(found: QuerySet[Any], *, order: Sequence[str], cursor: str | None, size: int) -> KeyPage:
    """One page of `found` in `order` (field names, `-` for descending, the last one unique).

    Raises Invalid if `cursor` is not one that an earlier page gave.
    """
    rows = found.order_by(*order)
    if cursor:
        rows = rows.filter(_beyond(order, _decode(cursor, order, found.model)))
    items = list(rows[: size + 1])
    more = len(items) > size
    return KeyPage(items[:size], _encode(items[size - 1], order) if more else None)


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values`. The first key is also bounded plainly, so that the index's range is used."""
    first, past = order[0], Q()
    for position in range(len(order)):
        equal = Q(**{field.lstrip("-"): values[i] for i, field in enumerate(order[:position])})
        past |= equal & _compare(order[position], values[position], strict=True)
    return _compare(first, values[0], strict=False) & past


def _compare(field: str, value: Any, *, strict: bool) -> Q:
    operator = "lt" if field.startswith("-") else "gt"
    return Q(**{f"{field.lstrip('-')}__{operator}{'' if strict else 'e'}": value})


def _encode(row: Model, order: Sequence[str]) -> str:
    values = [str(getattr(row, field.lstrip("-"))) for field in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str, order: Sequence[str], model: type[Model]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not (isinstance(values, list) and len(values) == len(order) and all(isinstance(v, str) for v in values)):
            raise _bad_cursor()
        return [_field(model, name).to_python(value) for name, value in zip(order, values, strict=True)]
    except (binascii.Error, ValueError, ValidationError) as error:
        raise _bad_cursor() from error


def _field(model: type[Model], name: str) -> Any:
    plain = name.lstrip("-")
    return model._meta.pk if plain == "pk" else model._meta.get_field(plain)


def _bad_cursor() -> Invalid:
    return Invalid(_("翻页标记不对，请从第一页重新开始。"), code="cursor", field="cursor")
