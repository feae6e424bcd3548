"""What `gongjian whistles` does with words: train, classify, evaluate. Every function takes what argparse read."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from gongjian.kernel.errors import DomainError, Invalid
from gongjian.work.whistles.words.classifying import Model
from gongjian.work.whistles.words.duplicates import agree, shipped_pairs
from gongjian.work.whistles.words.evaluation import Evaluation, evaluate, evaluate_plainly
from gongjian.work.whistles.words.keywords import KeywordClassifier
from gongjian.work.whistles.words.labelled_files import read_pairs
from gongjian.work.whistles.words.training import train


def train_file(csv_path: Path, model_path: Path) -> Model:
    """Raises Missing or Invalid for a file nothing can be learned from; the old model stays then."""
    model = train(read_pairs(csv_path))
    model.save(model_path)
    return model


def classify_lines(stdin: Iterable[str], stdout: TextIO, model: Model | KeywordClassifier) -> int:
    """One line of JSON for each line, in order: label and confidence, or error. Returns the exit code: 1 after any error."""
    failed = False
    for line in stdin:
        try:
            answer = model.classify(_text(line))
            row: dict[str, str | float] = {"label": answer.label, "confidence": answer.confidence}
        except DomainError as error:
            row, failed = {"error": str(error)}, True
        stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        stdout.flush()
    return 1 if failed else 0


def evaluate_file(csv_path: Path, stdout: TextIO, *, folds: int = 5, plain: bool = True) -> Evaluation:
    """`plain` measures the plain model too, in the same run and on the same folds."""
    pairs = list(read_pairs(csv_path))
    result = evaluate(pairs, folds)
    stdout.write(_table(result))
    if plain:
        stdout.write(_("对照（普通 TF-IDF 加线性分类器）宏平均 F1：{f1:.4f}").format(f1=evaluate_plainly(pairs, folds)) + "\n")
    return result


def evaluate_duplicates(stdout: TextIO) -> None:
    """Precision and recall of `likeness` on the pairs that are shipped."""
    pairs = list(shipped_pairs())
    for name, chosen in ((_("全部"), pairs), (_("较难的"), [pair for pair in pairs if pair.hard])):
        found = agree(chosen)
        words = _("{name}：{pairs} 对，查准率 {precision:.3f}，查全率 {recall:.3f}")
        stdout.write(words.format(name=name, pairs=found.pairs, precision=found.precision, recall=found.recall) + "\n")


def _text(line: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Invalid(_("这一行不是带 text 的 JSON。"), code="line-broken") from error
    if not isinstance(text, str) or not text.strip():
        raise Invalid(_("这一行没有文字。"), code="text-missing")
    return text


def _table(result: Evaluation) -> str:
    lines = [
        _("宏平均 F1：{f1:.4f}　准确率：{accuracy:.4f}　置信度误差：{error:.3f}").format(
            f1=result.macro_f1, accuracy=result.accuracy, error=result.calibration_error
        ),
        _("训练 {seconds:.1f} 秒；每条回答 {milliseconds:.2f} 毫秒").format(
            seconds=result.seconds_to_train, milliseconds=result.milliseconds_per_answer
        ),
        _("类别　查准率　查全率　F1　条数"),
    ]
    rows = [f"{row.label}　{row.precision:.3f}　{row.recall:.3f}　{row.f1:.3f}　{row.examples}" for row in result.per_label]
    return "\n".join([*lines, *rows]) + "\n"
