"""Texts for synthetic whistles: every category's keywords in the words of many neighbors, marked as synthetic."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongjian.work.whistles.models import Category

SPOTS = "东门 西门 南墙 北院 自行车棚 单元门口 地下车库 广场边 学校旁 菜场口 公交站后 河边步道 老楼后面 配电房旁 小花园".split()
WHENS = "今天早上 昨天夜里 这个星期 三天以来 上个月起 一下雨 每天晚上 周末 放学的时候 快半年了".split()
ASKS = "请派人看看 打过电话没人管 老人孩子都不方便 希望尽快处理 邻居们都在说 以前修过又坏了 请给个说法 能不能定期管一管".split()


@dataclass(frozen=True)
class Sample:
    text: str
    category: Category


def samples(categories: Sequence[Category], count: int, chance: random.Random) -> Iterator[Sample]:
    """`count` different ones, all categories in turn."""
    for number in range(count):
        category = categories[number % len(categories)]
        words = chance.sample(category.keywords, min(2, len(category.keywords))) or [category.minor]
        building = f"{chance.randint(1, 40)}号楼{chance.randint(1, 6)}单元"
        said = f"{chance.choice(WHENS)}{chance.choice(SPOTS)}{building}{'、'.join(words)}，{chance.choice(ASKS)}"
        yield Sample(f"{said}（合成数据 {number}）", category)
