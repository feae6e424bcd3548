"""`gongjian projects`: plain files in, plain arithmetic out, no database."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

ROOT = Path(__file__).resolve().parents[5]
EXAMPLES = ROOT / "docs" / "users" / "examples"


def run(verb: str, file: Path, capsys: Any) -> Any:
    call_command("projects", verb, str(file), "--json")
    return json.loads(capsys.readouterr().out)


class TestExamples:
    """The files that the documentation shows."""

    def test_the_vote(self, capsys: Any) -> None:
        found = run("count-vote", EXAMPLES / "vote.json", capsys)
        assert found["rule"]["code"] == "property-law-76"
        assert found["agree"] == {"area": "1051.9", "heads": 10}
        assert found["everybody"] == {"area": "1290.3", "heads": 12}
        assert found["tests"][0]["area"]["needed"] == "860.2"
        assert [one["owner"] for one in found["not_counted"]] == ["样例十二"]
        assert found["passed"] is True

    def test_the_settlement(self, capsys: Any) -> None:
        found = run("settle", EXAMPLES / "settlement.json", capsys)
        assert found["totals"]["relief"] == "12400.00"
        assert found["net"] == "21089.95"
        assert found["refund_of_remitted_rent"] == "20200.00"

    def test_the_elevator(self, capsys: Any) -> None:
        found = run("share-cost", EXAMPLES / "elevator.json", capsys)
        assert found["sum"] == "350000.00"
        assert found["shares"][-1]["amount"] == "51470.59"

    @pytest.mark.parametrize("verb", ["count-vote", "settle", "share-cost"])
    def test_for_people(self, verb: str, capsys: Any) -> None:
        name = {"count-vote": "vote", "settle": "settlement", "share-cost": "elevator"}[verb]
        call_command("projects", verb, str(EXAMPLES / f"{name}.json"))
        assert {"vote": "passed 通过", "settlement": "net 净额", "elevator": "sum 合计"}[name] in capsys.readouterr().out


class TestWrongFiles:
    @pytest.mark.parametrize(
        "content",
        ["", "[]", "{", '{"matter": "whim"}', '{"tenant": "x", "unknown": 1}', '{"deposit": NaN}', '{"deposit": 1e999}'],
    )
    @pytest.mark.parametrize("verb", ["count-vote", "settle", "share-cost"])
    def test_are_refused_in_words(self, verb: str, content: str, tmp_path: Path) -> None:
        file = tmp_path / "x.json"
        file.write_text(content)
        with pytest.raises(CommandError, match="看不懂"):
            call_command("projects", verb, str(file))

    def test_a_file_that_is_not_there(self) -> None:
        with pytest.raises(CommandError):
            call_command("projects", "settle", "nowhere.json")

    def test_money_in_floats_is_taken_as_written(self, tmp_path: Path, capsys: Any) -> None:
        content = json.loads((EXAMPLES / "settlement.json").read_text())
        content["deposit"] = 1250.10
        file = tmp_path / "x.json"
        file.write_text(json.dumps(content))
        assert run("settle", file, capsys)["refund_of_deposit"] == "1250.10"
