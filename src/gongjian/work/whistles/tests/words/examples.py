"""Small labelled texts that can be told apart, made deterministically."""

import random

SAYINGS = {
    "供水": ["家里停水了", "水压太小", "自来水浑浊", "水管爆了", "水表坏了没人换"],
    "噪声": ["夜里施工吵得睡不着", "广场舞音响太大", "楼上半夜装修", "歌厅扰民", "喇叭叫卖太吵"],
    "停车": ["车位被占", "乱停车堵住路口", "地锁占车位", "停车收费太贵", "共享单车乱停"],
}
SPOTS = ["花园路", "甲院", "三号楼", "东门", "菜市场", "农业路", "北苑", "幼儿园门口"]
ENDINGS = ["请尽快处理", "已经好几天了", "希望有人管", "影响老人孩子", "谢谢"]


def labelled(number: int = 120, seed: int = 7) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    pairs = []
    for i in range(number):
        label = list(SAYINGS)[i % len(SAYINGS)]
        said = chance.choice(SAYINGS[label])
        pairs.append((f"{chance.choice(SPOTS)}{said}\n{chance.choice(SPOTS)}{said}，{chance.choice(ENDINGS)}。", label))
    return pairs
