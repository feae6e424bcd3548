"""The ledger as one relation, a row for each record, in the same columns on every engine.

A record lifts a deed from `from_level` to `level`: a deed comes in from NOBODY, a confirmation raises it further. So how many
deeds stand at a level or above it is the sum of `sign` over the records that crossed that level, and no record needs another.
"""

from dataclasses import dataclass
from typing import Any

import ibis
from django.conf import settings
from ibis import Table

NOBODY = -1
"""The level below all: what a deed is lifted from when it is recorded."""

PARTITIONS = {"office": "string", "year": "int32"}
COLUMNS = {
    "record": "int64",
    "month": "int32",
    "occurred_from": "date",
    "occurred_to": "date",
    "recorded_on": "date",
    "kind": "string",
    "organization": "int64",
    "team": "int64",
    "person": "string",
    "place": "int64",
    "source": "string",
    "approximation": "string",
    "public": "boolean",
    "sign": "int16",
    "from_level": "int16",
    "level": "int16",
    "quantity": "decimal(16, 2)",
}
"""`record` is the number in the log, `month` 202603 for March 2026, `sign` -1 for a reversing deed, whose quantity is negative.
`organization` and `place` are numbers within one installation, so they name something only together with the office's code."""

LISTS = {
    "organizations": {"office": "string", "organization": "int64", "name": "string", "kind": "string"},
    "places": {"office": "string", "place": "int64", "code": "string", "name": "string", "level": "string", "path": "string"},
    "kinds": {"kind": "string", "category": "string", "unit": "string", "name_zh": "string", "name_en": "string"},
}


@dataclass(frozen=True)
class Tables:
    records: Table
    organizations: Table
    places: Table
    kinds: Table


def exported() -> Tables:
    """The tables as an engine over exported files calls them."""
    return Tables(_table("records", PARTITIONS | COLUMNS), **{name: _table(name, LISTS[name]) for name in LISTS})


def live() -> Tables:
    """The same out of PostgreSQL's own tables, with what is not sealed yet; without `record` and `person`."""
    return Tables(_records(_deeds(), _confirmed()), **live_lists())


def live_lists() -> dict[str, Table]:
    offices = _offices()
    organizations = _table("registry_organization", {"id": "int64", "office_id": "int64", "name": "string", "kind": "string"})
    named = organizations.join(offices, organizations.office_id == offices.office_key)
    places = _table(
        "registry_place",
        {"id": "int64", "office_id": "int64", "code": "string", "name": "string", "level": "string", "path": "string"},
    )
    placed = places.join(offices, places.office_id == offices.office_key)
    kinds = _table("ledger_deedkind", {"code": "string"} | {name: "string" for name in LISTS["kinds"] if name != "kind"})
    return {
        "organizations": named.select("office", organization=named.id, name=named.name, kind=named.kind),
        "places": placed.select(
            "office", place=placed.id, code=placed.code, name=placed.name, level=placed.level, path=placed.path
        ),
        "kinds": kinds.rename(kind="code"),
    }


def sealed(first: int, end: int, *, person_key: str) -> Table:
    """What leaves `first` to before `end` of the log cover, in the order and the columns of the exported files.

    `person_key` names the setting of the database session that holds the key people's numbers are hidden with.
    """
    leaves = _table("ledger_leaf", {"index": "int64", "deed_id": "uuid", "confirmation_id": "uuid"})
    wanted = leaves.filter(leaves.index >= first, leaves.index < end)
    deeds, confirmed = _deeds(), _confirmed()
    records = _records(
        wanted.join(deeds, wanted.deed_id == deeds.deed),
        wanted.join(confirmed, wanted.confirmation_id == confirmed.confirmation),
        record="index",
    )
    records = records.mutate(person=_hidden(records.person_id, person_key))
    return records.select(*PARTITIONS, *COLUMNS).order_by("office", "year", "month", "record")


def _records(deeds: Table, confirmed: Table, **more: str) -> Table:
    kept = [name for name in COLUMNS if name not in ("record", "month", "person")] + ["office_id", "person_id"]
    rows = ibis.union(deeds.select(*kept, **more), confirmed.select(*kept, **more))
    day, offices = rows.occurred_to, _offices()
    rows = rows.mutate(year=day.year().cast("int32"), month=(day.year() * 100 + day.month()).cast("int32"))
    return rows.join(offices, rows.office_id == offices.office_key).drop("office_id", "office_key")


def _deeds() -> Table:
    """Every deed, coming in at its first level."""
    deed = _deed_table()
    return deed.select(
        *_SHARED,
        **_named(deed),
        deed=deed.id,
        recorded_on=_local_day(deed.recorded_at),
        sign=ibis.ifelse(deed.reverses_id.isnull(), 1, -1).cast("int16"),
        from_level=ibis.literal(NOBODY, "int16"),
        level=deed.initial_level,
    )


def _confirmed() -> Table:
    """Every confirmation, lifting its deed."""
    confirmation = _table(
        "ledger_confirmation",
        {"id": "uuid", "deed_id": "uuid", "from_level": "int16", "level": "int16", "confirmed_at": "timestamp('UTC')"},
    ).rename(confirmation="id")
    deed = _deed_table()
    both = confirmation.join(deed, confirmation.deed_id == deed.id)
    return both.select(
        *_SHARED,
        "confirmation",
        "from_level",
        "level",
        **_named(both),
        recorded_on=_local_day(both.confirmed_at),
        sign=ibis.literal(1, "int16"),
    )


_SHARED = ("office_id", "person_id", "occurred_from", "occurred_to", "approximation", "public", "quantity")


def _named(deed: Table) -> dict[str, Any]:
    return {
        "kind": deed.kind_id,
        "organization": deed.organization_id,
        "team": deed.team_id,
        "place": deed.place_id,
        "source": deed.source_room,
    }


def _deed_table() -> Table:
    numbers = ("office_id", "place_id", "organization_id", "team_id", "person_id")
    return _table(
        "ledger_deed",
        dict.fromkeys(numbers, "int64")
        | {
            "id": "uuid",
            "reverses_id": "uuid",
            "kind_id": "string",
            "quantity": "decimal(16, 2)",
            "approximation": "string",
            "occurred_from": "date",
            "occurred_to": "date",
            "public": "boolean",
            "source_room": "string",
            "initial_level": "int16",
            "recorded_at": "timestamp('UTC')",
        },
    )


def _offices() -> Table:
    offices = _table("registry_office", {"id": "int64", "code": "string"})
    return offices.select(office_key=offices.id, office=offices.code)


def _local_day(moment: Any) -> Any:
    return _timezone(settings.TIME_ZONE, moment).date()


def _hidden(person: Any, key: str) -> Any:
    """The same mark for the same person, which says nothing to whoever has not the key; NULL for nobody."""
    return _encode(_sha256(_convert_to(_current_setting(key) + person.cast("string"), "UTF8")), "hex").left(24)


def _table(name: str, columns: dict[str, str]) -> Table:
    return ibis.table(columns, name=name)


def _function(name: str, shape: Any, takes: tuple[str, ...], gives: str) -> Any:
    """A function of PostgreSQL that Ibis does not know."""
    return ibis.udf.scalar.builtin(shape, name=name, signature=(takes, gives))


_timezone = _function("timezone", lambda zone, moment: None, ("string", "timestamp('UTC')"), "timestamp")
_current_setting = _function("current_setting", lambda setting: None, ("string",), "string")
_convert_to = _function("convert_to", lambda text, encoding: None, ("string", "string"), "binary")
_sha256 = _function("sha256", lambda content: None, ("binary",), "binary")
_encode = _function("encode", lambda content, form: None, ("binary", "string"), "string")
