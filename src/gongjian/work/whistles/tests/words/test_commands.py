import csv
import gzip
import io
import json

import pytest

from gongjian.kernel.errors import Invalid, Missing
from gongjian.work.whistles.tests.words.examples import labelled
from gongjian.work.whistles.words.classifying import load
from gongjian.work.whistles.words.commands import classify_lines, evaluate_duplicates, evaluate_file, train_file
from gongjian.work.whistles.words.evaluation import evaluate


@pytest.fixture
def table(tmp_path):
    return write(tmp_path / "pairs.csv", [("text", "label"), *labelled()])


@pytest.fixture
def model(table, tmp_path):
    train_file(table, tmp_path / "model")
    return tmp_path / "model"


def write(path, rows, opened=open):
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def classified(lines, model):
    out = io.StringIO()
    code = classify_lines(lines, out, load(model))
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


class TestClassifyLines:
    def test_answers_each_line_in_order(self, model):
        code, rows = classified(['{"text": "停水了，水管爆了"}\n', '{"text": "夜里施工太吵"}\n'], model)
        assert code == 0
        assert [row["label"] for row in rows] == ["供水", "噪声"]
        assert all(set(row) == {"label", "confidence"} for row in rows)

    @pytest.mark.parametrize(
        "bad", ["", "{", "[]", "null", "3", '{"text": 3}', '{"text": " "}', '{"words": "停水"}', "[" * 100_000]
    )
    def test_a_bad_line_is_answered_by_an_error_and_the_others_go_on(self, model, bad):
        code, rows = classified(['{"text": "停水了"}', bad, '{"text": "太吵"}'], model)
        assert code == 1
        assert [set(row) for row in rows] == [{"label", "confidence"}, {"error"}, {"label", "confidence"}]

    def test_answers_before_the_next_line_is_asked(self, model):
        out = io.StringIO()

        def lines():
            for number in range(3):
                assert len(out.getvalue().splitlines()) == number
                yield '{"text": "停水了"}'

        classify_lines(lines(), out, load(model))
        assert len(out.getvalue().splitlines()) == 3


class TestTrainFile:
    def test_reads_gzip_whatever_it_is_called(self, tmp_path, model):
        packed = write(tmp_path / "pairs.csv.gz", [("text", "label"), *labelled()], gzip.open)
        train_file(packed, tmp_path / "other")
        assert (tmp_path / "other").read_bytes() == model.read_bytes()

    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ([("text", "kind"), ("停水", "供水")], "columns-missing"),
            ([], "columns-missing"),
            ([("text", "label"), ("停水", "")], "pair-empty"),
            ([("text", "label"), ("停水",)], "pair-empty"),
            ([("text", "label"), ("停水", "供水"), ("没水", "供水")], "labels-few"),
            ([("text", "label"), ("停水", "供水"), ("没水", "供水"), ("吵", "噪声")], "examples-few"),
        ],
    )
    def test_a_table_that_teaches_nothing_is_refused_and_the_old_model_stays(self, tmp_path, model, rows, code):
        before = model.read_bytes()
        with pytest.raises(Invalid) as refusal:
            train_file(write(tmp_path / "bad.csv", rows), model)
        assert refusal.value.code == code
        assert model.read_bytes() == before

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x1f\x8bbroken", "text,label\n停水,供水".encode("gb18030")])
    def test_an_unreadable_file_is_refused(self, tmp_path, content):
        (tmp_path / "bad.csv").write_bytes(content)
        with pytest.raises(Invalid) as refusal:
            train_file(tmp_path / "bad.csv", tmp_path / "model")
        assert refusal.value.code == "csv-unreadable"

    def test_no_file_is_missing(self, tmp_path):
        with pytest.raises(Missing):
            train_file(tmp_path / "none.csv", tmp_path / "model")


class TestEvaluate:
    def test_prints_the_score_each_label_and_the_plain_model(self, table):
        out = io.StringIO()
        result = evaluate_file(table, out)
        assert result.macro_f1 > 0.9
        assert all(label in out.getvalue() for label in ("供水", "噪声", "停车", "对照", f"{result.macro_f1:.4f}"))

    def test_the_plain_model_can_be_skipped(self, table):
        out = io.StringIO()
        evaluate_file(table, out, plain=False)
        assert "对照" not in out.getvalue()

    def test_labels_that_mean_nothing_score_badly(self):
        pairs = labelled()
        labels = [label for _text, label in pairs]
        shuffled = [(text, labels[(i * i * 7 + i // 3) % len(labels)]) for i, (text, _label) in enumerate(pairs)]
        assert evaluate(shuffled).macro_f1 < 0.7

    def test_counts_every_text_once(self):
        result = evaluate(labelled(), folds=3)
        assert sum(map(sum, result.confusion)) == 120 == sum(row.examples for row in result.per_label)

    def test_duplicates_are_measured_all_and_hard(self):
        out = io.StringIO()
        evaluate_duplicates(out)
        assert len(out.getvalue().splitlines()) == 2
