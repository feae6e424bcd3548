"""Headings → whose section begins: 河南省供销社, 一、样城银行：情系邻里, ■ 泉韵酒店：酒店变驿站."""

import re

from gongjian.chronicle.reading.doers.names import is_name, name_at
from gongjian.chronicle.reading.doers.register import Register

_MARK = re.compile(r"^(?:[一二三四五六七八九十\d]+[、.]|（[一二三四五六七八九十\d]+）|\W+)+")
_TOLD_OF = re.compile(r"^(?:对话|专访|探访|走近|走进|来自|访|记)")
_OFFICE_HELD = re.compile(r"(?:党委|党组|党总支|党支部)?(?:副?书记|院长|校长|行长|局长|总经理|董事长|负责人)(?:（.*)?$")
_PARTS = re.compile(r"[：|\s]|--+")
_ABOUT = re.compile(r"(?:关于|工作|总结|报告|简报|小结|汇报|纪实|事迹|综述|动态|清单|台账|情况|信息|通讯|专刊|讯)")


def heading_name(text: str, register: Register) -> str | None:
    """The organization that a heading names by itself, alone or before a colon or a blank."""
    plain = _MARK.sub("", text).strip(" “”【】《》")
    if not plain:
        return None
    first = _PARTS.split(plain, maxsplit=1)[0]
    for candidate in dict.fromkeys((plain, first)):
        if (register.find_exactly(candidate) or is_name(candidate)) and not _ABOUT.search(candidate):
            return candidate
    return None


def title_name(text: str, register: Register) -> str | None:
    """The organization with which a title begins: 梧桐社区6月份工作小结."""
    plain = _MARK.sub("", text).removeprefix("关于")
    for part in (_OFFICE_HELD.sub("", _TOLD_OF.sub("", part)) for part in re.split(r"[\s：]|--+|，", plain)):
        registered = register.at_start(part)
        found = name_at(part)
        if registered and (found is None or len(found[0]) <= len(registered[0])):
            return registered[0]
        if found:
            return found[0]
    return None
