"""What `gongjian ledger statistics` prints."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from gongjian.kernel.errors import Invalid
from gongjian.ledger.statistics.arguments import STATISTICS
from gongjian.ledger.statistics.engines import Engine, Row
from gongjian.ledger.statistics.expressions import Asked
from gongjian.ledger.statistics.points import Rule, check_rule, example_rules, read_rule
from gongjian.ledger.statistics.questions import USUALLY_BY, Question, answer

USUAL_ROWS = 50
"""What a table for people shows; JSON and CSV have all rows."""


def statistics(options: dict[str, Any]) -> str:
    """Raises Invalid, Missing or Conflict with a sentence for whoever asked."""
    names = list(STATISTICS) if "all" in options["names"] else list(dict.fromkeys(options["names"]))
    _check(options, names)
    with _engine(options) as engine:
        rules = _rules(options["rules"], engine) if "scores" in names else ()
        answers = {name: answer(engine, name, _question(options, name, rules)) for name in names}
        if not (options["json"] or options["csv"]):
            answers = {name: _with_names(engine, rows[: options["limit"] or USUAL_ROWS]) for name, rows in answers.items()}
    limited = {name: rows[: options["limit"]] for name, rows in answers.items()}
    if options["json"]:
        return json.dumps({"engine": options["engine"], "statistics": limited}, default=str, ensure_ascii=False) + "\n"
    return _as_csv(limited[names[0]]) if options["csv"] else _as_tables(limited)


def _check(options: dict[str, Any], names: list[str]) -> None:
    if options["csv"] and len(names) > 1:
        raise Invalid(_("CSV 一次只能输出一种统计。"), code="csv")
    if (options["engine"] == "postgres") == bool(options["folders"]):
        raise Invalid(_("postgres 直接统计台账；duckdb 和 spark 要用 --from 指定导出的文件夹。"), code="from")
    if options["since"] and options["until"] and options["since"] > options["until"]:
        raise Invalid(_("结束时间早于开始时间。"), code="order")
    if options["organization"] is not None and not options["office"]:
        raise Invalid(_("单位编号只在一个街道内有意义，请同时写明 --office。"), code="office")


@contextmanager
def _engine(options: dict[str, Any]) -> Iterator[Engine]:
    if options["engine"] == "postgres":
        from gongjian.ledger.statistics.engines.postgres import Postgres

        yield Postgres()
        return
    from gongjian.ledger.statistics.export.reading import open_export

    exports = [open_export(folder) for folder in dict.fromkeys(options["folders"])]
    if options["engine"] == "duckdb":
        from gongjian.ledger.statistics.engines.duckdb import DuckDB

        yield DuckDB(exports)
        return
    from gongjian.ledger.statistics.engines.spark import Spark

    spark = Spark(exports, master=options["master"], settings=_settings(options["conf"]))
    try:
        yield spark
    finally:
        spark.stop()


def _settings(given: list[str]) -> dict[str, str]:
    wrong = [setting for setting in given if "=" not in setting]
    if wrong:
        raise Invalid(_("--conf 要写成 名称=值：%(given)s") % {"given": wrong[0]}, code="conf")
    return dict(setting.split("=", 1) for setting in given)


def _question(options: dict[str, Any], name: str, rules: tuple[Rule, ...]) -> Question:
    asked = Asked(
        office=options["office"],
        organization=options["organization"],
        kind=options["kind"],
        category=options["category"],
        since=options["since"],
        until=options["until"],
        public_only=options["public"],
    )
    return Question(asked, options["by"] if options["by"] is not None else USUALLY_BY.get(name, ()), rules)


def _rules(path: Path | None, engine: Engine) -> tuple[Rule, ...]:
    if path is None:
        return example_rules()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rules = tuple(read_rule(values) for values in content["rules"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(_("读不了规则文件 %(file)s。") % {"file": path}, code="rules") from error
    units = {row["kind"]: row["unit"] for row in engine.rows(engine.tables.kinds.select("kind", "unit"))}
    for rule in rules:
        check_rule(rule, units)
    if len({rule.key for rule in rules}) < len(rules):
        raise Invalid(_("规则文件里同一种事迹有两条同样的规则。"), code="rule-twice")
    return rules


def _with_names(engine: Engine, rows: list[Row]) -> list[Row]:
    """What organizations and places are called, beside their numbers."""
    for column, table in (("organization", engine.tables.organizations), ("place", engine.tables.places)):
        wanted = {row[column] for row in rows if row.get(column) is not None}
        if wanted:
            found = engine.rows(table.filter(table[column].isin(sorted(wanted))).select("office", column, "name"))
            names = {(row["office"], row[column]): row["name"] for row in found}
            rows = [row | {f"{column}_name": names.get((row["office"], row[column]), "")} for row in rows]
    return rows


def _as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _as_tables(answers: dict[str, list[Row]]) -> str:
    out = io.StringIO()
    console = Console(file=out, width=140)
    for name, rows in answers.items():
        table = Table(title=name, title_justify="left")
        for column in rows[0] if rows else ():
            table.add_column(column, justify="right" if isinstance(rows[0][column], int | Decimal) else "left")
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        console.print(table)
    return out.getvalue()
