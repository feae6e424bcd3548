"""Synthetic deeds and confirmations, made by the database itself: each is a function of its number and the seed.

A statement stores the rows and their leaves, and gives back what the leaves cover, so that nothing is read twice.
"""
# ruff: noqa: S608 (our own column tables; no value of anybody goes into these texts)

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from gongjian.kernel.merkle import TILE_WIDTH
from gongjian.ledger.canonical import canonical_sql
from gongjian.ledger.sealing.sums import raising
from gongjian.ledger.synthetic.offices import Doer

YEARS = 5

_PROFILES = """
DROP TABLE IF EXISTS pg_temp.synthetic_profile;
CREATE TEMPORARY TABLE synthetic_profile (
    pool integer, number integer, office_id bigint, place_id bigint, organization_id bigint, recorder_id bigint,
    confirmer_id bigint, behalf text, kind text, unit text, statement text, public boolean, PRIMARY KEY (pool, number)
) ON COMMIT DROP
"""
_CHANCE = "(hashint8extended(n, %(seed)s + {0}) & 9223372036854775807)"
"""The n-th deed's draw from the urn of this number."""

_DRAWN = f"""
SELECT drawn.*, p.* FROM (
    SELECT n, 75 + {_CHANCE.format(1)} %% {365 * YEARS - 90} AS age, {_CHANCE.format(2)} %% 10 = 0 AS late,
           1 + {_CHANCE.format(3)} %% 40 AS amount, {_CHANCE.format(4)} %% 100 AS share,
           {_CHANCE.format(5)} %% %(profiles)s AS profile
    FROM generate_series(%(first)s::bigint, %(last)s) AS n OFFSET 0
) AS drawn JOIN synthetic_profile p ON p.pool = %(pool)s AND p.number = profile
"""
"""`age`: days since the deed; `share`: per cent, of which 30 stay declared, 60 are confirmed by the community, 7 by both, 3 by
a third party alone."""

_HEAD = "lpad(to_hex(%(clock)s + n), 15, '0')"
_ID = f"""(left({_HEAD}, 12) || '7' || right({_HEAD}, 3)
    || to_hex((hashint8extended(n, %(seed)s + {{0}}) & 4611686018427387903) | -9223372036854775808))::uuid"""
"""UUIDv7 in order; `clock` counts on from the millisecond of the load."""

_STORE = f"""
WITH made AS (
    INSERT INTO ledger_{{record}} ({{columns}}) {{rows}} RETURNING *
), numbered AS MATERIALIZED (
    SELECT %(size)s + row_number() OVER () - 1 AS index, made.* FROM made
), kept AS (
    INSERT INTO ledger_leaf (index, {{record}}_id) SELECT index, id FROM numbered
)
SELECT convert_to(string_agg({{content}}, chr(10) ORDER BY index), 'UTF8')
FROM numbered GROUP BY index / {TILE_WIDTH} ORDER BY index / {TILE_WIDTH}
"""


def _store(record: str, values: dict[str, str], source: str) -> str:
    rows = f"SELECT {', '.join(values.values())} FROM {source} ORDER BY n"
    return _STORE.format(record=record, columns=", ".join(values), rows=rows, content=canonical_sql(record, "numbered"))


_DEEDS = _store(
    "deed",
    {
        "id": _ID.format(6),
        "office_id": "office_id",
        "place_id": "place_id",
        "organization_id": "organization_id",
        "recorded_by_id": "recorder_id",
        "beneficiary": "''",
        "evidence_digests": "'{}'",
        "public": "public",
        "source_room": "'synthetic'",
        "source_key": "%(run)s || n",
        "kind_id": "kind",
        "unit": "unit",
        "statement": "statement",
        "quantity": "CASE WHEN unit <> '' THEN amount END",
        "approximation": "'exact'",
        "precision": "'day'",
        "initial_level": "0",
        "occurred_from": "%(today)s::date - age::integer",
        "occurred_to": "%(today)s::date - age::integer",
        "recorded_at": "((%(today)s::date - age::integer"
        " + CASE WHEN late THEN 45 + age::integer %% 30 ELSE age::integer %% 7 END)"
        " + make_interval(hours => 2, mins => age::integer %% 60, secs => age / 1e6)) AT TIME ZONE 'UTC'",
    },
    f"({_DRAWN}) AS drawn",
)
_CONFIRMATIONS = _store(
    "confirmation",
    {
        "id": f"CASE WHEN from_level = 0 THEN {_ID.format(7)} ELSE {_ID.format(8)} END",
        "deed_id": _ID.format(6),
        "office_id": "office_id",
        "by_id": "confirmer_id",
        "on_behalf_of": "behalf",
        "note": "''",
        "evidence_digests": "'{}'",
        "from_level": "from_level",
        "level": "level",
        "confirmed_at": "(%(today)s::date - greatest(0, age - 80)::integer + interval '3 hours') AT TIME ZONE 'UTC'",
    },
    f"({_DRAWN}) AS drawn JOIN (VALUES (30, 96, 0, 1), (90, 96, 1, 2), (97, 99, 0, 2)) AS rise (least, most, from_level, level)"
    " ON share BETWEEN least AND most",
)

_SUMS = raising(
    f"""(
    SELECT office_id, date_trunc('month', %(today)s::date - age::integer)::date AS month, kind AS kind_id, organization_id,
           place_id, CASE WHEN share < 30 THEN 0 WHEN share < 90 THEN 1 ELSE 2 END AS level, public,
           'exact' AS approximation, count(*) AS deeds, sum(CASE WHEN unit <> '' THEN amount ELSE 0 END) AS quantity
    FROM ({_DRAWN}) AS drawn GROUP BY 1, 2, 3, 4, 5, 6, 7
)"""
)
"""Drawn again, which is cheaper than reading back; verifying with `--sums` holds them against the rows."""


def keep_profiles(pools: Sequence[Sequence[Doer]]) -> list[int]:
    """What the deeds of one organization and kind share, for statements of this transaction; gives their number by pool."""
    profiles = [[profile for doer in doers for profile in _profiles(doer)] for doers in pools]
    with connection.cursor() as cursor:
        cursor.execute(_PROFILES)
        with cursor.copy("COPY synthetic_profile FROM STDIN") as copy:
            for pool, those in enumerate(profiles):
                for number, profile in enumerate(those):
                    copy.write_row((pool, number, *profile))
        cursor.execute("ANALYZE synthetic_profile")
    return [len(those) for those in profiles]


def _profiles(doer: Doer) -> Iterable[tuple[Any, ...]]:
    shared = doer.office_id, doer.place_id, doer.organization_id, doer.recorder_id, doer.confirmer_id, doer.behalf
    for kind in doer.kinds:
        statement = f"合成数据：{kind.name_zh}{'{数}' if kind.unit else ''}，社区现场登记"
        yield *shared, kind.code, kind.unit, statement, kind.order % 9 != 8


def store(size: int, draw: dict[str, Any]) -> list[bytes]:
    """Deeds number `first` to `last` and what confirms them, as leaves after the first `size`.

    Gives the canonical texts, one a line, in pieces that follow the log; the same piece of the log may come in two.
    """
    deeds = _stored(_DEEDS, draw | {"size": size})
    return deeds + _stored(_CONFIRMATIONS, draw | {"size": size + draw["last"] - draw["first"] + 1})


def _stored(statement: str, values: dict[str, Any]) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [bytes(rows) for (rows,) in cursor]


def fold_sums(draw: dict[str, Any]) -> None:
    """Add deeds number `first` to `last` to the kept sums."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, draw)
