"""An exported ledger of any size, made by DuckDB itself: each record is a function of its number."""

import shutil
from pathlib import Path
from typing import Any

DEEDS_PER_ORGANIZATION = 5000
PORTION = 10_000_000

_RECORDS = """
COPY (
    WITH drawn AS (
        SELECT n, hash(n) AS h, hash(n + 1000000007) AS g FROM range({first}, {end}) AS deeds (n)
    ), deed AS (
        SELECT n, (h % {organizations})::BIGINT AS organization, DATE '2021-01-01' + (g % 1825)::INTEGER AS day,
               (h >> 40) % 100 AS share, {kinds}[1 + (h % {organizations} * 7 + (g >> 32) % 5)::BIGINT % len({kinds})] AS kind,
               (1 + (g >> 20) % 160) / 4 AS amount,
               CASE WHEN n % 200 = 199 THEN -1 ELSE 1 END AS sign
        FROM drawn
    ), lifted AS (
        SELECT *, unnest(CASE
            WHEN sign < 0 OR share < 30 THEN [{{f: -1, l: 0}}]
            WHEN share < 90 THEN [{{f: -1, l: 0}}, {{f: 0, l: 1}}]
            WHEN share < 97 THEN [{{f: -1, l: 0}}, {{f: 0, l: 1}}, {{f: 1, l: 2}}]
            ELSE [{{f: -1, l: 0}}, {{f: 0, l: 2}}] END) AS lift
        FROM deed
    )
    SELECT printf('99%07d', organization % {offices}) AS office, year(day)::INTEGER AS year, n AS record,
           (year(day) * 100 + month(day))::INTEGER AS month, day AS occurred_from, day AS occurred_to, day + 3 AS recorded_on,
           kind, organization, NULL::BIGINT AS team, NULL::VARCHAR AS person, organization % 997 AS place,
           'synthetic' AS source, 'exact' AS approximation, n % 9 <> 8 AS public,
           sign::SMALLINT AS sign, lift.f::SMALLINT AS from_level, lift.l::SMALLINT AS level,
           CASE WHEN kind LIKE 'counted%' THEN (sign * amount)::DECIMAL(16, 2) END AS quantity
    FROM lifted
) TO '{folder}/records' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (office, year), APPEND)
"""
KINDS = {
    f"{'counted' if number % 2 else 'told'}-{number}": category
    for number, category in enumerate(["care", "volunteering", "donation", "meeting", "safety", "education", "space"] * 5)
}


def make(folder: Path, deeds: int) -> Any:
    """`Exported`; the manifest knows sizes, no hashes. Made once and kept while the asked size stays the same."""
    from gongjian.ledger.statistics.export.reading import open_export

    if not (folder / "manifest.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _write(folder, deeds)
    return open_export(folder)


def _write(folder: Path, deeds: int) -> None:
    import duckdb

    from gongjian.ledger.statistics.export import manifest

    database = duckdb.connect()
    organizations = max(12, deeds // DEEDS_PER_ORGANIZATION)
    for first in range(0, deeds, PORTION):
        values = {"first": first, "end": min(first + PORTION, deeds), "organizations": organizations, "offices": 10}
        database.execute(_RECORDS.format(folder=folder, kinds=list(KINDS), **values))
    kinds = ", ".join(f"('{kind}', '{category}', '{'hour' if kind[0] == 'c' else ''}')" for kind, category in KINDS.items())
    named = f"SELECT *, kind AS name_zh, kind AS name_en FROM (VALUES {kinds}) AS kinds (kind, category, unit)"
    office = "printf('99%07d', n % 10) AS office"
    organization = f"SELECT {office}, n AS organization, '合成' || n AS name, '' AS kind FROM range({organizations}) AS o (n)"
    place = f"SELECT {office}, n AS place, '' AS code, '' AS name, 'community' AS level, '' AS path FROM range(997) AS p (n)"
    for name, query in (("kinds", named), ("organizations", organization), ("places", place)):
        database.execute(f"COPY ({query}) TO '{folder}/{name}.parquet' (FORMAT parquet)")
    files = [_file(folder, path) for path in sorted(folder.glob("records/*/*/*.parquet"))]
    lists = [_file(folder, path) for path in sorted(folder.glob("*.parquet"))]
    manifest.keep(folder, manifest.Manifest(size=deeds, files=files, lists=lists))


def _file(folder: Path, path: Path) -> Any:
    from gongjian.ledger.statistics.export.manifest import File

    return File(path.relative_to(folder).as_posix(), "", path.stat().st_size, 0)
