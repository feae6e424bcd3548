"""The bytes that a seal covers: the values of a record, exactly as stored, as one JSON array (RFC 8785).

The first value says what the record is; then those that are always a string of ours, then the others, each in the order of
their names. One table of fields drives both engines: Python writes it for proofs, PostgreSQL for sealing and verifying
millions of rows. A property test holds the two against each other.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from gongjian.kernel.merkle import hash_leaf
from gongjian.ledger.models import Confirmation, Deed

QUOTED_SQL = {
    "word": "{0}",
    "uuid": "{0}",
    "date": "{0}",
    "decimal": "{0}",
    "moment": "{0} AT TIME ZONE 'UTC'",
}
"""What stands between two quotation marks and never needs escaping. A `word` is code of ours; one that was changed into
something that does need it cannot give the bytes that were sealed, for it brings quotation marks of its own."""
PLAIN_SQL = {
    "text": "CASE WHEN {0} = '' THEN '\"\"' ELSE to_json({0})::text END",
    "number": "{0}",
    "boolean": "CASE WHEN {0} THEN 'true' ELSE 'false' END",
    "list": "CASE WHEN cardinality({0}) = 0 THEN '[]' ELSE array_to_json({0})::text END",
}


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    attribute: str = ""
    nullable: bool = False

    @property
    def column(self) -> str:
        return self.attribute or self.name

    @property
    def is_quoted(self) -> bool:
        """Always a string that needs no escaping."""
        return self.type in QUOTED_SQL and not self.nullable


def _in_order(*fields: Field) -> tuple[Field, ...]:
    return tuple(sorted(fields, key=lambda field: (not field.is_quoted, field.name)))


DEED_FIELDS = _in_order(
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
CONFIRMATION_FIELDS = _in_order(
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


FIELDS = {"deed": DEED_FIELDS, "confirmation": CONFIRMATION_FIELDS}


def content(record: Deed | Confirmation) -> dict[str, Any]:
    """The record as the seal covers it; values are JSON strings, integers, booleans, lists or null."""
    name = "deed" if isinstance(record, Deed) else "confirmation"
    return {"record": name} | {field.name: _plain(getattr(record, field.column), field.type) for field in FIELDS[name]}


def leaf_hash(record: Deed | Confirmation) -> bytes:
    return hash_content(content(record))


def hash_content(values: dict[str, Any]) -> bytes:
    return hash_leaf(canonical(values))


def canonical(values: dict[str, Any]) -> bytes:
    """Raises ValueError or KeyError for what has other values than a record has."""
    names = ["record", *(field.name for field in FIELDS[values["record"]])]
    if len(values) != len(names):
        raise ValueError("a record has no such values")
    return rfc8785.dumps([values[name] for name in names])


def _plain(value: Any, kind: str) -> Any:
    if value is None or kind in ("number", "boolean", "list", "text", "word"):
        return value
    if kind == "moment":
        return _moment(value.astimezone(UTC))
    return value.isoformat() if kind == "date" else str(value)


def _moment(value: datetime) -> str:
    """As PostgreSQL writes it in UTC: 2026-03-02 04:05:06.07; no zeros at the end of a fraction, no fraction of nothing."""
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    return f"{value:%Y-%m-%d %H:%M:%S}{fraction}"


def canonical_sql(record: str, alias: str) -> str:
    """A SQL expression for the canonical text of the row `alias`. Sent with each query, so that no stored function can lie.

    `concat_ws` writes the values of most columns without a cast and without a call for what stands between them: half of the
    time that verifying takes is spent here. It leaves NULL out, so a row with a NULL where none may be gives `null` as a whole.
    """
    fields = FIELDS[record]
    quoted = [QUOTED_SQL[field.type].format(_column(field, alias)) for field in fields if field.is_quoted]
    plain = [_plain_sql(field, alias) for field in fields if not field.is_quoted]
    never_null = ", ".join(_column(field, alias) for field in fields if not field.nullable)
    text = f"""concat('["{record}","', concat_ws('","', {", ".join(quoted)}), '",', concat_ws(',', {", ".join(plain)}), ']')"""
    return f"CASE num_nulls({never_null}) WHEN 0 THEN {text} ELSE 'null' END"


def _plain_sql(field: Field, alias: str) -> str:
    column = _column(field, alias)
    if field.type in QUOTED_SQL:
        return f"""coalesce('"' || {QUOTED_SQL[field.type].format(column)} || '"', 'null')"""
    value = PLAIN_SQL[field.type].format(column)
    return f"coalesce({value}::text, 'null')" if field.nullable else value


def _column(field: Field, alias: str) -> str:
    return f'{alias}."{field.column}"'


def hash_rows(rows: bytes) -> list[bytes]:
    """`hash_leaf` of canonical texts that stand one a line; JSON has no line break of its own."""
    return [sha256(b"\x00" + row).digest() for row in rows.split(b"\n")]
