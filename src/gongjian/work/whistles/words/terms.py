"""Terms: the informative words of a text as numbers, small enough for an `int[]` with a GIN index."""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

from gongjian.work.whistles.words.segmenting import document_words, fold

MOST_TERMS = 128
"""A text of some hundred characters has 20 to 80; the rest of a very long one adds nothing."""
_EMPTY = """
我们 你们 他们 这个 那个 一个 没有 什么 怎么 请问 谢谢 希望 反映 问题 现在 已经 因为 所以 但是 而且 可以 就是 还是 不是 这样
领导 你好 您好 有人 处理 尽快 解决 麻烦 一下 时候 一直 非常 严重 影响 居民 业主 小区 社区 街道 相关 部门 有关 请求 投诉
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九十")}
_COUNTED = re.compile(r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=号|单元|栋|幢|层|楼)")
_NUMBERED = re.compile(r"\d+(?:号楼|号院|号|单元|栋|幢)")


def normal(text: str) -> str:
    """Folded, and 十二号楼 written as 12号楼."""
    return _COUNTED.sub(lambda match: _arabic(match[1]), fold(text))


def _arabic(numeral: str) -> str:
    """Below a hundred: more floors and buildings have no Chinese numeral in practice."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _NUMERALS[numeral]
    return str(int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0")))


def terms(text: str) -> list[int]:
    """Stable over time and machines (they are stored); each once, in the order in which they occur first."""
    plain = normal(text)
    words = [*_NUMBERED.findall(plain), *(word for word in document_words(plain) if len(word) > 1 and word not in EMPTY_WORDS)]
    return list(dict.fromkeys(map(_number, words)))[:MOST_TERMS]


def _number(word: str) -> int:
    """Signed, as PostgreSQL's integers are."""
    unsigned = zlib.crc32(word.encode())
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned


def rare_terms(terms: Iterable[int], frequencies: Mapping[int, int], n: int) -> list[int]:
    """The `n` terms that occur least often, for a query that reads short lists; an unknown term counts as the rarest."""
    return sorted(dict.fromkeys(terms), key=lambda term: frequencies.get(term, 0))[:n]


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Shared terms over the geometric mean of both counts: 0 for nothing in common, 1 for the same terms."""
    if not a or not b:
        return 0.0
    one, other = set(a), set(b)
    return float(len(one & other) / (len(one) * len(other)) ** 0.5)
