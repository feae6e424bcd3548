"""The bytes that a seal covers: canonical JSON (RFC 8785) of exactly what is stored.

One table of fields drives both engines: Python writes it for proofs, PostgreSQL for verifying millions of rows a minute.
A property test holds the two against each other.
"""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

import rfc8785

from gongjian.kernel.merkle import hash_leaf
from gongjian.ledger.models import Confirmation, Deed

SQL_BY_TYPE = {
    "text": "to_json({0})::text",
    "uuid": "to_json({0})::text",
    "number": "{0}::text",
    "boolean": "{0}::text",
    "decimal": "to_json({0}::text)::text",
    "date": "to_json(to_char({0}, 'YYYY-MM-DD'))::text",
    "moment": """to_json(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text""",
    "list": "array_to_json({0})::text",
}


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    attribute: str = ""

    @property
    def column(self) -> str:
        return self.attribute or self.name


DEED_FIELDS = (
    Field("approximation", "text"),
    Field("beneficiary", "text"),
    Field("evidence", "list", "evidence_digests"),
    Field("id", "uuid"),
    Field("initial_level", "number"),
    Field("kind", "text", "kind_id"),
    Field("occurred_from", "date"),
    Field("occurred_to", "date"),
    Field("office", "number", "office_id"),
    Field("organization", "number", "organization_id"),
    Field("person", "number", "person_id"),
    Field("place", "number", "place_id"),
    Field("precision", "text"),
    Field("public", "boolean"),
    Field("quantity", "decimal"),
    Field("recorded_at", "moment"),
    Field("recorded_by", "number", "recorded_by_id"),
    Field("reverses", "uuid", "reverses_id"),
    Field("source_key", "text"),
    Field("source_room", "text"),
    Field("statement", "text"),
    Field("team", "number", "team_id"),
    Field("unit", "text"),
)
CONFIRMATION_FIELDS = (
    Field("by", "number", "by_id"),
    Field("confirmed_at", "moment"),
    Field("deed", "uuid", "deed_id"),
    Field("evidence", "list", "evidence_digests"),
    Field("from_level", "number"),
    Field("id", "uuid"),
    Field("level", "number"),
    Field("note", "text"),
    Field("office", "number", "office_id"),
    Field("on_behalf_of", "text"),
)


def content(record: Deed | Confirmation) -> dict[str, Any]:
    """The record as the seal covers it; values are JSON strings, integers, booleans, lists or null."""
    fields = DEED_FIELDS if isinstance(record, Deed) else CONFIRMATION_FIELDS
    return {field.name: _plain(getattr(record, field.column), field.type) for field in fields}


def leaf_hash(record: Deed | Confirmation) -> bytes:
    return hash_content(content(record))


def hash_content(values: dict[str, Any]) -> bytes:
    return hash_leaf(rfc8785.dumps(values))


def _plain(value: Any, kind: str) -> Any:
    if value is None or kind in ("number", "boolean", "list", "text"):
        return value
    if kind == "moment":
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat() if kind == "date" else str(value)


def leaf_hash_sql(fields: tuple[Field, ...], alias: str) -> str:
    """A SQL expression for the leaf hash of the row `alias`. Sent with each query, so that no stored function can lie."""
    parts = []
    for position, field in enumerate(sorted(fields, key=lambda field: field.name)):
        value = SQL_BY_TYPE[field.type].format(f'{alias}."{field.column}"')
        parts.append(f"'{'{' if position == 0 else ','}\"{field.name}\":' || coalesce({value}, 'null')")
    text = " || ".join(parts) + " || '}'"
    return f"sha256('\\x00'::bytea || convert_to({text}, 'UTF8'))"
