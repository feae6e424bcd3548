"""Answering which label a text belongs to, with weights that `training` learned. Linear: fast and explainable."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.words import model_files
from gongjian.work.whistles.words.answers import Answer
from gongjian.work.whistles.words.features import features

Floats = NDArray[np.float32]
MOST_WORDS = 5
_SHELF = model_files.Shelf()


@dataclass(frozen=True)
class Block:
    """One kind of features: their rows, how much each tells, and its weight for every label."""

    name: str
    weight: float
    rows: dict[str, int]
    scale: Floats
    weights: Floats

    def look_up(self, features: list[str]) -> tuple[NDArray[np.intp], Floats]:
        """Rows of the known features and their values, scaled to length one."""
        rows = self.rows
        counts = Counter([row for feature in features if (row := rows.get(feature)) is not None])
        index = np.fromiter(counts.keys(), np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(times)) * self.scale[index]
        length = float(np.sqrt(values @ values))
        return index, values / length if length else values


@dataclass(frozen=True)
class Model:
    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    intercept: Floats

    def classify(self, text: str) -> Answer:
        """The most probable label; `words` is empty where no known word speaks for it."""
        found = [(block, *block.look_up(features(block.name, text))) for block in self.blocks]
        length = sum(block.weight**2 for block, index, _values in found if len(index)) ** 0.5 or 1.0
        scores = self.intercept.copy()
        for block, index, values in found:
            scores += (block.weight / length) * (values @ block.weights[index])
        best = int(scores.argmax())
        return Answer(self.labels[best], _share(scores, best), self._reasons(text, best))

    def save(self, path: Path) -> None:
        model_files.write(path, _as_content(self))

    def _reasons(self, text: str, label: int) -> tuple[str, ...]:
        """Whole words by how much more they speak for this label than for the others on average."""
        block = next(block for block in self.blocks if block.name == "words")
        words = [word for word in features("words", text) if len(word) > 1 and " " not in word]
        index, values = block.look_up(words)
        weights = block.weights[index]
        told = values * (weights[:, label] - weights.mean(axis=1))
        order = np.argsort(-told, kind="stable")[:MOST_WORDS]
        chosen = {int(index[i]): place for place, i in enumerate(order) if told[i] > 0}
        named = {row: word for word in words if (row := block.rows.get(word)) in chosen}
        return tuple(named[row] for row in sorted(named, key=lambda row: chosen[row]))


def load(path: Path) -> Model:
    """Read once, and again whenever the file has changed. Raises Missing without a file, Invalid for a broken one."""
    return _SHELF.take(path, lambda path: _from_content(model_files.read(path)))


def _share(scores: Floats, label: int) -> float:
    """Softmax; `training` fitted the scores so that it means a probability."""
    weights = np.exp(scores - scores.max())
    return round(float(weights[label] / weights.sum()), 4)


def _as_content(model: Model) -> model_files.Content:
    arrays = {f"{block.name}.{kind}": getattr(block, kind) for block in model.blocks for kind in ("scale", "weights")}
    return model_files.Content(
        {"labels": model.labels, "blocks": {block.name: block.weight for block in model.blocks}},
        {block.name: list(block.rows) for block in model.blocks},
        {**arrays, "intercept": model.intercept},
    )


def _from_content(content: model_files.Content) -> Model:
    try:
        return Model(
            tuple(content.about["labels"]),
            tuple(_block(content, name, weight) for name, weight in content.about["blocks"].items()),
            content.arrays["intercept"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Invalid(_("分类模型文件损坏，请重新训练。"), code="model-broken") from error


def _block(content: model_files.Content, name: str, weight: float) -> Block:
    rows = {word: row for row, word in enumerate(content.words[name]) if word}
    return Block(name, weight, rows, content.arrays[f"{name}.scale"], content.arrays[f"{name}.weights"])
