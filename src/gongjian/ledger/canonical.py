"""The bytes that a seal covers: canonical JSON (RFC 8785) of exactly what is stored.

One table of fields drives both engines: Python writes it for proofs, PostgreSQL for sealing and verifying millions of rows.
A property test holds the two against each other.
"""

from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

import rfc8785

from gongjian.kernel.merkle import hash_leaf
from gongjian.ledger.models import Confirmation, Deed

SQL_BY_TYPE = {
    "text": ("", "CASE WHEN {0} = '' THEN '\"\"' ELSE to_json({0})::text END", ""),
    "word": ('"', "{0}", '"'),
    "uuid": ('"', "{0}", '"'),
    "number": ("", "{0}", ""),
    "boolean": ("", "CASE WHEN {0} THEN 'true' ELSE 'false' END", ""),
    "decimal": ('"', "{0}", '"'),
    "date": ('"', "{0}", '"'),
    "moment": ('"', """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""", '"'),
    "list": ("", "CASE WHEN cardinality({0}) = 0 THEN '[]' ELSE array_to_json({0})::text END", ""),
}
"""JSON of a column: before it, itself, after it. A `word` is code of ours, never in need of escaping; a row whose word was
changed into something that needs it cannot give the bytes that were sealed, since the names of the fields stand in those once
and in order."""


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    attribute: str = ""
    nullable: bool = False

    @property
    def column(self) -> str:
        return self.attribute or self.name


DEED_FIELDS = (
    Field("approximation", "word"),
    Field("beneficiary", "text"),
    Field("evidence", "list", "evidence_digests"),
    Field("id", "uuid"),
    Field("initial_level", "number"),
    Field("kind", "word", "kind_id"),
    Field("occurred_from", "date"),
    Field("occurred_to", "date"),
    Field("office", "number", "office_id"),
    Field("organization", "number", "organization_id", nullable=True),
    Field("person", "number", "person_id", nullable=True),
    Field("place", "number", "place_id"),
    Field("precision", "word"),
    Field("public", "boolean"),
    Field("quantity", "decimal", nullable=True),
    Field("recorded_at", "moment"),
    Field("recorded_by", "number", "recorded_by_id"),
    Field("reverses", "uuid", "reverses_id", nullable=True),
    Field("source_key", "text"),
    Field("source_room", "word"),
    Field("statement", "text"),
    Field("team", "number", "team_id", nullable=True),
    Field("unit", "word"),
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
    if value is None or kind in ("number", "boolean", "list", "text", "word"):
        return value
    if kind == "moment":
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat() if kind == "date" else str(value)


def canonical_sql(fields: tuple[Field, ...], alias: str) -> str:
    """A SQL expression for the canonical JSON of the row `alias`. Sent with each query, so that no stored function can lie.

    What stands between two values is one argument of `concat`, which writes values without a cast: half of the time that
    verifying takes is spent here. `concat` skips NULL, so a row with a NULL where none may be gives `null` as a whole.
    """
    pieces, between = [], ""
    for position, field in enumerate(sorted(fields, key=lambda field: field.name)):
        before, value, after = SQL_BY_TYPE[field.type]
        value = value.format(f'{alias}."{field.column}"')
        if field.nullable:
            before, value, after = "", f"coalesce('{before}' || {value} || '{after}', 'null')", ""
        pieces += [f"'{between}{'{' if position == 0 else ','}\"{field.name}\":{before}'", value]
        between = after
    never_null = ", ".join(f'{alias}."{field.column}"' for field in fields if not field.nullable)
    return f"CASE num_nulls({never_null}) WHEN 0 THEN concat({', '.join(pieces)}, '{between}}}') ELSE 'null' END"


def hash_rows(rows: bytes) -> list[bytes]:
    """`hash_leaf` of canonical texts that stand one a line; JSON has no line break of its own."""
    return [sha256(b"\x00" + row).digest() for row in rows.split(b"\n")]
