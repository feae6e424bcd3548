import json
import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongjian.honors import scoring
from gongjian.honors.scoring import Rule, RuleSet
from gongjian.honors.tests.factories import make_candidate, open_nominations
from gongjian.kernel.errors import Invalid
from gongjian.ledger.models import Level
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.statistics import Slice, totals_by
from gongjian.ledger.statistics.engines import Engine, spark
from gongjian.ledger.statistics.engines.duckdb import DuckDB
from gongjian.ledger.statistics.engines.postgres import Postgres
from gongjian.ledger.statistics.export.exporting import export
from gongjian.ledger.statistics.export.reading import open_export
from gongjian.ledger.statistics.expressions import DIMENSIONS, Asked
from gongjian.ledger.statistics.questions import Question, answer
from gongjian.ledger.tests.statistics.street import Street, sealed_export
from gongjian.ledger.tests.test_command import ledger

RULES = (
    Rule(kind="volunteer-hours", per="unit", points=Decimal("0.35"), cap=Decimal("3.1"), weight=Decimal("1.5"), min_level=0),
    Rule(kind="volunteer-hours", points=Decimal(2), min_level=Level.COMMUNITY),
    Rule(category="care", points=Decimal("0.333"), min_level=Level.THIRD_PARTY),
)
QUESTIONS = [
    ("totals", Question()),
    *[("totals", Question(by=(name,))) for name in DIMENSIONS],
    ("totals", Question(Asked(since=date(2026, 1, 5), until=date(2026, 2, 20), public_only=True), ("organization", "kind"))),
    ("totals", Question(Asked(category="care"), ("month",))),
    ("totals", Question(Asked(kind="nothing"), ("month",))),
    ("trend", Question(by=("category",))),
    ("verification", Question(by=("kind", "year"))),
    ("concentration", Question()),
    ("concentration", Question(Asked(kind="nothing"))),
    ("concentration", Question(by=("kind",))),
    ("scores", Question(rules=RULES)),
]


@pytest.fixture
def duck(office: Any, tmp_path: Path) -> Engine:
    Street(office).act()
    return DuckDB([open_export(sealed_export(tmp_path / "export"))])


class TestEveryEngineGivesTheSame:
    def test_postgres_on_the_ledger_and_duckdb_on_its_export(self, duck: Engine) -> None:
        live = Postgres()
        for name, question in QUESTIONS:
            assert answer(live, name, question) == answer(duck, name, question), (name, question)

    def test_quantities_are_exact(self, duck: Engine) -> None:
        rows = answer(duck, "totals", Question(by=("kind",)))
        [hours] = [row["quantity"] for row in rows if row["kind"] == "volunteer-hours"]
        standing = [number for number in range(24) if number % 3 == 0 and number % 5]
        assert hours == sum((Decimal(number + 1) + Decimal("0.25") for number in standing), Decimal(0))

    def test_spark_with_two_workers(self, office: Any, tmp_path: Path) -> None:
        try:
            spark.check_installed()
        except Invalid as missing:
            pytest.skip(str(missing))
        Street(office).act()
        folder = sealed_export(tmp_path / "export")
        wanted = ["totals", "trend", "concentration", "scores", "--by", "office,kind", "--json"]
        counted = _in_a_process(tmp_path, *wanted, "--engine", "spark", f"--from={folder}", *TWO_WORKERS)
        for others in (["--engine", "duckdb", "--from", str(folder)], ["--engine", "postgres"]):
            assert counted["statistics"] == json.loads(ledger("statistics", *wanted, *others))["statistics"]
        assert counted["engine"] == "spark"


SPARING = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
TWO_WORKERS = [
    "--master=local-cluster[2,1,1024]",
    "--conf=spark.sql.shuffle.partitions=2",
    "--conf=spark.sql.adaptive.enabled=false",
    "--conf=spark.sql.codegen.wholeStage=false",
    "--conf=spark.sql.codegen.factoryMode=NO_CODEGEN",
    f"--conf=spark.driver.extraJavaOptions={SPARING}",
    f"--conf=spark.executor.extraJavaOptions={SPARING}",
]


def _in_a_process(var: Path, *arguments: str) -> Any:
    """Spark's warnings and its Java machine stay out of the process of the tests; no database runs there."""
    variables = {"GONGJIAN_VAR": str(var), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    command = [sys.executable, "-m", "gongjian", "ledger", "statistics", *arguments]
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestTheLiveLedgerCountsTheSame:
    @pytest.mark.parametrize("dimension", ["kind", "category", "unit", "year"])
    def test_as_the_kept_sums(self, duck: Engine, dimension: str) -> None:
        kept = {row[dimension]: row["deeds"] for row in totals_by(Slice(), [dimension])}
        assert {row[dimension]: row["deeds"] for row in answer(duck, "totals", Question(by=(dimension,)))} == kept

    def test_levels_and_quantities_by_kind(self, duck: Engine) -> None:
        kept: dict[str, list[Any]] = {}
        for row in totals_by(Slice(), ["kind", "level"]):
            sums = kept.setdefault(row["kind"], [0, 0, 0, Decimal(0)])
            for level in range(row["level"] + 1):
                sums[level] += row["deeds"]
            sums[3] += row["quantity"]
        rows = answer(duck, "totals", Question(by=("kind",)))
        assert {row["kind"]: [row[name] for name in ("deeds", "confirmed", "third_party", "quantity")] for row in rows} == kept

    def test_scores_as_a_campaign_does(self, office: Any, tmp_path: Path) -> None:
        campaign = open_nominations(office)
        candidates = [make_candidate(campaign, deeds=number) for number in (1, 3, 5)]
        seal()
        export(tmp_path / "export")
        rules = RuleSet((Rule(kind="volunteer-hours", per="unit", points=Decimal("0.35"), cap=Decimal(9), min_level=0),))
        expected = {one.candidate.organization_id: one.points for one in scoring.score(campaign, rules)}
        asked = Asked(since=campaign.cycle_from, until=campaign.cycle_to)
        for engine in (Postgres(), DuckDB([open_export(tmp_path / "export")])):
            rows = answer(engine, "scores", Question(asked, rules=rules.rules))
            assert {row["organization"]: row["points"] for row in rows} == expected
        assert len(expected) == len(candidates)

    def test_also_what_is_not_sealed_yet(self, duck: Engine, office: Any) -> None:
        Street(office).act(2)
        [live], [exported] = answer(Postgres(), "totals", Question()), answer(duck, "totals", Question())
        assert live["deeds"] == exported["deeds"] + 1


class TestRates:
    def test_numerator_and_denominator_stand_beside_the_rate(self, duck: Engine) -> None:
        [row] = answer(duck, "verification", Question())
        assert row["confirmed_rate"] == round(Decimal(row["confirmed"]) / row["deeds"], 4)
        assert 0 < row["third_party"] < row["confirmed"] < row["deeds"]

    def test_concentration_is_between_even_and_one(self, duck: Engine) -> None:
        [row] = answer(duck, "concentration", Question())
        assert (row["organizations"], row["top_share"]) == (3, 1)
        assert Decimal("0.3333") <= row["herfindahl"] < 1

    def test_a_trend_compares_with_the_month_and_the_year_before(self, duck: Engine) -> None:
        rows = {row["month"]: row for row in answer(duck, "trend", Question())}
        assert rows[202603]["month_before"] == rows[202602]["deeds"]
        assert rows[202601]["year_before"] == rows[202501]["deeds"]
        assert rows[202601]["month_before"] == 0


class TestSpark:
    def test_without_java_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setattr(shutil, "which", lambda name: None)
        with pytest.raises(Invalid, match="openjdk-17"):
            spark.check_installed()
