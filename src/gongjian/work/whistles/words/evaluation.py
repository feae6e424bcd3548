"""How good a model trained on these pairs would be: stratified cross-validation, beside a plain model for comparison."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.words.segmenting import cut
from gongjian.work.whistles.words.training import SEED, checked, count, learn


@dataclass(frozen=True)
class LabelScore:
    label: str
    precision: float
    recall: float
    f1: float
    examples: int


@dataclass(frozen=True)
class Evaluation:
    """`confusion[i][j]`: texts of label i that were taken for label j. `calibration_error` is the mean distance between
    confidence and share of right answers over ten bands; `seconds` is the whole evaluation."""

    macro_f1: float
    accuracy: float
    per_label: tuple[LabelScore, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    seconds: float
    seconds_to_train: float
    milliseconds_per_answer: float


def evaluate(pairs: Iterable[tuple[str, str]], folds: int = 5) -> Evaluation:
    """Each text is answered by a model that has not seen it. With fewer examples than folds there are fewer folds."""
    begun = time.perf_counter()
    texts, labels = checked(pairs)
    counted = count(texts)
    counting = time.perf_counter() - begun
    truth = np.array(labels)
    answers, sure, training, answering = np.empty_like(truth), np.zeros(len(truth)), 0.0, 0.0
    for known, fresh in _folds(truth, folds):
        start = time.perf_counter()
        model = learn(counted, truth, known)
        trained = time.perf_counter()
        for row in fresh:
            answer = model.classify(texts[row])
            answers[row], sure[row] = answer.label, answer.confidence
        training, answering = max(training, trained - start), answering + time.perf_counter() - trained
    return Evaluation(
        *_scores(truth, answers),
        calibration_error=_calibration_error(truth == answers, sure),
        seconds=time.perf_counter() - begun,
        seconds_to_train=counting + training,
        milliseconds_per_answer=1000 * answering / len(texts),
    )


def evaluate_plainly(pairs: Iterable[tuple[str, str]], folds: int = 5) -> float:
    """Macro-F1 of what anybody would try first: TF-IDF of characters and words, a linear support vector machine."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import f1_score
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    texts, labels = map(np.array, checked(pairs))
    answers = np.empty_like(labels)
    for known, fresh in _folds(labels, folds):
        characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
        words = TfidfVectorizer(tokenizer=cut, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        machine = make_pipeline(make_union(characters, words), LinearSVC(random_state=SEED))
        answers[fresh] = machine.fit(texts[known], labels[known]).predict(texts[fresh])
    return float(f1_score(labels, answers, average="macro"))


def _folds(truth: Any, folds: int) -> Iterator[tuple[Any, Any]]:
    from sklearn.model_selection import StratifiedKFold

    if folds < 2:
        raise Invalid("folds < 2", code="folds")
    smallest = int(np.unique(truth, return_counts=True)[1].min())
    yield from StratifiedKFold(min(folds, smallest), shuffle=True, random_state=SEED).split(truth, truth)


def _scores(truth: Any, answers: Any) -> tuple[float, float, tuple[LabelScore, ...], tuple[tuple[int, ...], ...]]:
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    labels: Sequence[str] = list(map(str, np.unique(truth)))
    rows = precision_recall_fscore_support(truth, answers, labels=labels, zero_division=0)
    per_label = tuple(
        LabelScore(label, float(precision), float(recall), float(f1), int(examples))
        for label, precision, recall, f1, examples in zip(labels, *rows, strict=True)
    )
    confusion = tuple(tuple(map(int, row)) for row in confusion_matrix(truth, answers, labels=labels))
    return float(np.mean(rows[2])), float((truth == answers).mean()), per_label, confusion


def _calibration_error(right: Any, sure: Any) -> float:
    bands = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(right[bands == band].mean() - sure[bands == band].mean()) * (bands == band).sum() for band in np.unique(bands)]
    return float(sum(gaps) / len(right))
