"""Parquet files out of one query: rows stream from the database through Arrow, one file open at a time."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection
from pyarrow import csv

from gongjian.ledger.statistics.export.manifest import File, put, sha256_of
from gongjian.ledger.statistics.records import COLUMNS, PARTITIONS

_ARROW = {
    "string": pa.string(),
    "int64": pa.int64(),
    "int32": pa.int32(),
    "int16": pa.int16(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "decimal(16, 2)": pa.decimal128(16, 2),
}
ROW_GROUP = 122_880
_BLOCK = 16 << 20


def arrow_schema(columns: dict[str, str]) -> pa.Schema:
    return pa.schema([(name, _ARROW[kind]) for name, kind in columns.items()])


def write_partitions(sql: str, folder: Path, first: int, end: int, progress: Callable[[int], None]) -> list[File]:
    """Write what `sql` gives, sorted by office and year, as a file for each of these; `progress` gets rows so far."""
    files: list[File] = []
    current, rows = None, 0
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as copy:
        for office, year, batch in _runs(_batches(copy)):
            if current is None or current.partition != (office, year):
                files += [current.close()] if current else []
                current = _Open.new(folder, (office, year), (first, end))
            current.writer.write_table(batch.drop_columns(list(PARTITIONS)), ROW_GROUP)
            current.rows += batch.num_rows
            rows += batch.num_rows
            progress(rows)
    return [*files, current.close()] if current else files


def write_list(folder: Path, name: str, table: pa.Table) -> File:
    fresh = folder / f".{name}.tmp"
    pq.write_table(table, fresh, compression="zstd")
    return _finished(fresh, folder / f"{name}.parquet", within=folder, rows=table.num_rows)


def _finished(fresh: Path, path: Path, *, within: Path, rows: int, records: tuple[int, int] = (0, 0)) -> File:
    digest, size = sha256_of(fresh), fresh.stat().st_size
    put(fresh, path)
    return File(path.relative_to(within).as_posix(), digest, size, rows, *records)


@dataclass
class _Open:
    """The file being written, under a name that no reader looks for."""

    folder: Path
    partition: tuple[str, int]
    path: Path
    fresh: Path
    records: tuple[int, int]
    writer: Any
    rows: int = 0

    @classmethod
    def new(cls, folder: Path, partition: tuple[str, int], records: tuple[int, int]) -> "_Open":
        (office, year), (first, end) = partition, records
        path = folder / "records" / f"office={office}" / f"year={year}" / f"{first:012d}-{end:012d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.tmp")
        writer = pq.ParquetWriter(fresh, arrow_schema(COLUMNS), compression="zstd")
        return cls(folder, partition, path, fresh, records, writer)

    def close(self) -> File:
        self.writer.close()
        return _finished(self.fresh, self.path, within=self.folder, rows=self.rows, records=self.records)


def _batches(copy: Any) -> Iterator[pa.Table]:
    columns = PARTITIONS | COLUMNS
    stream = io.BufferedReader(_Copied(copy), _BLOCK)
    try:
        reader = csv.open_csv(
            stream,
            csv.ReadOptions(column_names=list(columns), block_size=_BLOCK, use_threads=False),
            convert_options=csv.ConvertOptions(
                column_types=arrow_schema(columns),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                true_values=["t"],
                false_values=["f"],
            ),
        )
    except pa.ArrowInvalid:  # an empty file
        return
    for batch in reader:
        yield pa.Table.from_batches([batch])


def _runs(tables: Iterator[pa.Table]) -> Iterator[tuple[str, int, pa.Table]]:
    """Cut wherever office or year changes."""
    for table in tables:
        start = 0
        while start < table.num_rows:
            office, year = table["office"][start].as_py(), table["year"][start].as_py()
            same = pc.and_(pc.equal(table["office"], office), pc.equal(table["year"], year))
            length = pc.sum(same.slice(start)).as_py()
            yield office, year, table.slice(start, length)
            start += length


class _Copied(io.RawIOBase):
    """What COPY sends, to be read like a file."""

    def __init__(self, copy: Any) -> None:
        self._copy, self._left = copy, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = memoryview(self._copy.read())
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
