"""What names of organizations look like, and when a short one may mean a long one."""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parents[1] / "tables" / "names.toml"
LONGEST = 30
_STOPS = re.compile(
    r"积极|高度|深度|主动|认真|组织|开展|参与|参加|坚持|始终|充分|发挥|联合|联系|共同|先后|累计|及时|第一时间|多次|党员|(?<!老)干部(?!学院|休)|职工|员工|志愿者|负责人|工作人员|师生|全体"
    r"|派出|选派|派驻|开放|提供|举行|举办|召开|签订|签署|签下|打造|利用|依托|结合|立足|针对|围绕|根据|响应|落实|推进|推动|协助|配合|支持|协调|慰问|走访|牵头|承担|出资|自筹|自费"
    r"|无偿|免费|义务|全力|全面|大力|让出|腾出|拿出|捐|赞助|拆除|投入|投资(?!集团|公司|有限|控股|发展|管理|担保)|驻|已|还|也|又|都|就|共(?!青团|产)|在(?!线)|于|与|和(?!平|谐|顺|美|睦|园|兴)|对|向(?!阳)|将(?!军)|把|被|为(?!民)|从|到|的|了|是|有(?!限)|以|按|等|及|并|不|用(?!社|友|品|电)|送|来到|来自|走进|深入"
    r"|成立(?!于)|设立|获|入户|动员|宣|更换|铺设|每[天周月]|今年|去年|近年|自\d|自从|一直|长期|常年|定期|连续|迅速|立即|紧急|闻令|下沉|抽调|出动|组建|承诺|冠名|认领|创新|探索|率先|带头|带领|作为|通过|借助|发动|发起|号召|倡议|协同|指导|帮助|关心|关爱|负责|召集|邀请|安排|启动|制定|建立|实施|完成|争取|购买|购置|采购|采取|募集|自发|专门|专题|扎实|切实|着力|积(?=极)|努力|倾|情系|心系|携手|走访|看望|义诊|进社区|领导|书记|主任|院长|校长|行长|经理|工会主席|医生|医护|老师|教师|学生|民警|法官|律师|家属|代表|团队|内|里(?!社区)|外|旁|附近|门口|周边|居民|群众|辖区|面积|南侧|北侧|东侧|西侧|，|：|。|、|“|”|（|）|《|\d|\s|-|~|；"
)
_NOT_NAMES = frozenset(
    "全社区 各社区 本社区 该社区 我社区 两社区 进社区 各单位 驻区单位 共建单位 单位 社区 街道 学校 医院 公司 酒店 宾馆 银行 企业 机关 党委 工会 中心 集团 学院 大学 超市 市场 物业 居委会 办事处 委员会 办公室 "
    "区委 市委 省委 县委 区政府 市政府 省政府 县政府 区委区政府 市委市政府 市两级法院 党工委 街道党工委 街道社区 街道办事处 部队 协会 商会 法院 检察院 派出所 大队 支队 中队 政府 各级党委 党组 社区党委 社区党总支 社区党支部 社区居委会 居民委员会 社区居民委员会 幼儿园 小学 中学 活动中心 服务中心 联席会议 图书馆 文化馆 饭店 餐厅 食堂 "
    "党群服务中心 养老服务中心 日间照料中心 新时代文明实践站 书店 门店 厂 局 委 厅 镇 乡 机关党委 分行 支行 老旧小区 示范社区 幸福社区 智慧社区 文明社区 领导小组办公室 业主委员会 业委会 大工委 街道大工委 联盟 基金会".split()
)
_NAME_LED = re.compile(
    r"^(?P<before>.{0,14}?)(?:成员单位|共建单位|驻街单位|驻区单位|驻地单位|驻社区单位|帮扶单位|包联单位|结对单位|包保单位|爱心企业|爱心商家|爱心商户|辖区企业|辖区单位|驻区企业|下沉单位|辖区内的?|辖区)(?:之一)?(?:的)?[、，]?(?=[\u4e00-\u9fff]{4})"
)
_PARTY = re.compile("(?<=...)(?:机关)?(?:党支部|党总支|党委|党组|支部|工会|团委)$")
"""A unit's party organization goes by the type of the unit."""
_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,3}市|[\u4e00-\u9fff]{2,3}(?:区|县))+")


@cache
def table() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def _endings() -> dict[str, str]:
    """Ending → type."""
    return {ending: kind for kind, endings in table()["types"].items() for ending in endings}


@cache
def _cut_endings() -> tuple[str, ...]:
    """Endings that contain a word that would end a name: 街道社区卫生服务中心."""
    return tuple(ending for ending in _endings() if _STOPS.search(ending))


@cache
def _longest_ending() -> int:
    return max(map(len, _endings()))


def _ending(name: str) -> str:
    lengths = range(min(len(name), _longest_ending()), 0, -1)
    return next((name[-length:] for length in lengths if name[-length:] in _endings()), "")


@lru_cache(maxsize=8192)
def type_of(name: str) -> str:
    """bank, school, hospital …; empty where the name does not end like an organization's."""
    return _endings().get(_ending(_PARTY.sub("", name)) or _ending(name), "")


def is_name(text: str) -> bool:
    """Could `text`, whole, be the name of one organization?"""
    return 3 <= len(text) <= LONGEST and text not in _NOT_NAMES and bool(type_of(text)) and not _STOPS.search(_core(text))


def is_generic(name: str) -> bool:
    """A mere ending, such as 服务站: it stands for one that was named whole."""
    return name in _endings()


def _core(name: str) -> str:
    """Without the ending, which may itself contain a word that would end a name."""
    return name.removesuffix(_ending(name))


def name_at(text: str) -> tuple[str, int] | None:
    """The organization's name with which `text` begins (after 辖区企业 and the like), and where it ends."""
    start = led_by(text)
    run = text[start : start + LONGEST]
    stop = _STOPS.search(run)
    limit = stop.start() if stop else len(run)
    limit = _widened(run, limit)
    for end in range(limit, 2, -1):
        if type_of(run[:end]) and run[:end] not in _NOT_NAMES:
            return run[:end], start + end
    return None


def _widened(run: str, limit: int) -> int:
    for ending in _cut_endings():
        at = run.find(ending, max(0, limit - len(ending) + 1))
        if at != -1 and at < limit < at + len(ending):
            return at + len(ending)
    return limit


def led_by(text: str) -> int:
    """Where the name begins after 辖区企业, 街道大工委成员单位 and the like; 0 where nothing of the kind stands before it."""
    found = _NAME_LED.match(text)
    return found.end() if found and not _STOPS.search(found["before"]) else 0


@lru_cache(maxsize=16384)
def may_mean(short: str, full: str) -> bool:
    """Is `short` (省建行) a way to call `full` (中国建设银行股份有限公司河南省分行)? By the characters they share."""
    if short == full:
        return True
    short, full = _spelled_out(short), _spelled_out(full)
    if len(short) > len(full):
        short, full = full, short
    kinds = type_of(short), type_of(full)
    if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
        return False
    if {"street", "community"} & set(kinds):
        return full.endswith(short) and _REGION.sub("", full).endswith(_REGION.sub("", short) or short)
    return len(short) >= 3 and not Counter(short) - Counter(full) and _shared_run(short, full)


def _shared_run(short: str, full: str) -> bool:
    """At least two characters of the short name stand side by side in the long one, its numbers too."""
    core = _REGION.sub("", short) or short
    return any(core[i : i + 2] in full for i in range(len(core) - 1))


def _spelled_out(name: str) -> str:
    for short, full in table()["short"].items():
        if short in name and full not in name:
            name = name.replace(short, full)
    return name


def stand_in_at(text: str) -> tuple[str, frozenset[str]] | None:
    """The word for an organization named before with which `text` begins, and the types that it may stand for."""
    found = _stand_in_pattern().match(text)
    return (found[0], _stand_ins()[found[0]]) if found else None


@cache
def _stand_in_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_stand_ins(), key=len, reverse=True)))


@cache
def _stand_ins() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in table()["stand_ins"].items():
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}
