"""Learning a model from labelled texts. Every feature is weighed by how rare it is and how much it tells about the label
(its divergence from the mix of labels), then one linear support vector machine learns from all of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.words.classifying import Block, Floats, Model
from gongjian.work.whistles.words.features import WEIGHTS, features

SEED = 20200730
KEPT_SHARE = 0.3
"""Of the features, the most telling ones: accuracy stays, a model becomes a third as large."""
DOUBT = 1.0
"""Imagined occurrences by which a rare feature is drawn towards the mix of labels."""
SOFTNESS = 0.8
ENOUGH_TEXTS = 200
"""With fewer texts a feature that occurs once is kept too."""

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Counted:
    """How often which feature occurs in which text, by block."""

    matrices: dict[str, Any]
    names: dict[str, NDArray[np.object_]]


def train(pairs: Iterable[tuple[str, str]]) -> Model:
    """The same pairs give the same model. Raises Invalid for pairs nothing can be learned from."""
    texts, labels = checked(pairs)
    return learn(count(texts), np.array(labels), np.arange(len(texts)))


def checked(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Texts and labels. Raises Invalid for an empty text or label, fewer than two labels, or a label with one example."""
    kept = [(text.strip(), label.strip()) for text, label in pairs]
    for number, (text, label) in enumerate(kept, 1):
        if not text or not label:
            raise Invalid(_("第 {number} 条没有文字或没有类别。").format(number=number), code="pair-empty")
    counts = Counter(label for _text, label in kept)
    if len(counts) < 2:
        raise Invalid(_("至少要有两个类别才能训练。"), code="labels-few")
    if single := [label for label, times in counts.items() if times < 2]:
        raise Invalid(_("这些类别的例子不到两条：{labels}").format(labels="、".join(single)), code="examples-few")
    return [text for text, _label in kept], [label for _text, label in kept]


def count(texts: Sequence[str]) -> Counted:
    from sklearn.feature_extraction.text import CountVectorizer

    least = 2 if len(texts) >= ENOUGH_TEXTS else 1
    matrices, names = {}, {}
    for block in WEIGHTS:
        vectorizer = CountVectorizer(analyzer=partial(features, block), min_df=least, dtype=np.float32)
        matrices[block] = _counted(vectorizer, texts)
        names[block] = vectorizer.get_feature_names_out() if matrices[block].shape[1] else np.array([], object)
    return Counted(matrices, names)


def _counted(vectorizer: Any, texts: Sequence[str]) -> Any:
    """A matrix without columns where no text has a feature of this kind."""
    from scipy.sparse import csr_matrix

    try:
        return vectorizer.fit_transform(texts).tocsr()
    except ValueError:
        return csr_matrix((len(texts), 0), dtype=np.float32)


def learn(counted: Counted, labels: NDArray[np.str_], rows: Rows) -> Model:
    """A model from some rows of what was counted."""
    names, answers = np.unique(labels[rows], return_inverse=True)
    weights, intercept, selections = _separate(counted, answers, rows)
    mixing, shift = _calibration(counted, answers, rows)
    blocks, start = [], 0
    for selection in selections:
        part = weights[start : start + len(selection.columns)] @ mixing
        start += len(selection.columns)
        blocks.append(selection.block(counted, part))
    return Model(tuple(map(str, names)), tuple(blocks), (intercept @ mixing + shift).astype(np.float32))


@dataclass(frozen=True)
class Selection:
    """The columns of a block that were kept, and how much each tells."""

    name: str
    columns: Rows
    scale: Floats

    def values(self, counted: Counted, rows: Rows) -> Any:
        from scipy.sparse import diags
        from sklearn.preprocessing import normalize

        matrix = counted.matrices[self.name][rows][:, self.columns].astype(np.float64)
        matrix.data = 1 + np.log(matrix.data)
        return normalize(matrix @ diags(self.scale.astype(np.float64))) * WEIGHTS[self.name]

    def block(self, counted: Counted, weights: NDArray[np.float64]) -> Block:
        words = {str(word): row for row, word in enumerate(counted.names[self.name][self.columns])}
        return Block(self.name, WEIGHTS[self.name], words, self.scale, weights.astype(np.float32))


def _separate(counted: Counted, answers: Rows, rows: Rows) -> tuple[Any, Any, list[Selection]]:
    """Weights by feature and label, an intercept by label, and what the features are."""
    from sklearn.svm import LinearSVC

    selections = [_select(name, counted.matrices[name][rows], answers) for name in WEIGHTS]
    machine = LinearSVC(C=SOFTNESS, tol=1e-3, random_state=SEED, max_iter=5000).fit(_values(selections, counted, rows), answers)
    weights, intercept = machine.coef_.T, machine.intercept_
    if weights.shape[1] == 1:
        weights, intercept = np.hstack([-weights, weights]), np.hstack([-intercept, intercept])
    return weights, intercept, selections


def _values(selections: Sequence[Selection], counted: Counted, rows: Rows) -> Any:
    from scipy.sparse import hstack
    from sklearn.preprocessing import normalize

    return normalize(hstack([selection.values(counted, rows) for selection in selections]).tocsr())


def _select(name: str, matrix: Any, answers: Rows) -> Selection:
    """The most telling features, each scaled by rarity and by the root of its divergence from the mix of labels."""
    occurs = _by_label(matrix, answers)
    texts = occurs.sum(axis=1)
    usable = np.flatnonzero((texts >= (2 if len(answers) >= ENOUGH_TEXTS else 1)) & (texts <= 0.9 * len(answers)))
    telling = _divergence(occurs[usable], np.bincount(answers) / len(answers))
    if len(answers) >= ENOUGH_TEXTS:
        best = np.sort(np.argsort(-texts[usable] * telling, kind="stable")[: int(KEPT_SHARE * len(usable))])
        usable, telling = usable[best], telling[best]
    rarity = np.log((1 + len(answers)) / (1 + texts[usable])) + 1
    return Selection(name, usable, (rarity * np.sqrt(telling)).astype(np.float32))


def _by_label(matrix: Any, answers: Rows) -> NDArray[np.float64]:
    """In how many texts of each label every feature occurs."""
    present = (matrix > 0).astype(np.float64)
    found: NDArray[np.float64] = present.T @ np.eye(answers.max() + 1)[answers]
    return found


def _divergence(occurs: NDArray[np.float64], mix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kullback-Leibler, in nats, of each feature's labels from the mix of labels."""
    share = (occurs + DOUBT * mix) / (occurs.sum(axis=1, keepdims=True) + DOUBT)
    divergence: NDArray[np.float64] = (share * np.log(share / mix)).sum(axis=1)
    return np.maximum(divergence, 0)


def _calibration(counted: Counted, answers: Rows, rows: Rows) -> tuple[Any, Any]:
    """How margins of texts that were not learned from become logits: a logistic regression over a small cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    labels = answers.max() + 1
    folds = min(3, np.bincount(answers).min())
    if folds < 2:
        return np.eye(labels), np.zeros(labels)
    margins = np.zeros((len(rows), labels))
    for known, fresh in StratifiedKFold(folds, shuffle=True, random_state=SEED).split(rows, answers):
        weights, intercept, selections = _separate(counted, answers[known], rows[known])
        margins[fresh] = _values(selections, counted, rows[fresh]) @ weights + intercept
    logistic = LogisticRegression(C=1.0, max_iter=1000).fit(margins, answers)
    mixing, shift = logistic.coef_.T, logistic.intercept_
    return (mixing, shift) if labels > 2 else (np.hstack([-mixing, mixing]) / 2, np.hstack([-shift, shift]) / 2)
