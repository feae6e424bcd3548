"""Who acts in a clause: a name at its beginning, a word that stands for one (该行, 学校, 我们), or whoever acted before."""

import re
from dataclasses import dataclass, field

from gongjian.chronicle.reading.doers import lexical
from gongjian.chronicle.reading.doers.names import is_generic, led_by, may_mean, name_at, stand_in_at, table, type_of
from gongjian.chronicle.reading.doers.register import Known, Register

_DAY = r"\d{1,2}月(?:\d{1,2}日)?(?:至|到|-)?(?:\d{1,2}月)?(?:\d{1,2}日)?"
_TIME = (
    rf"(?:(?:\d{{4}}年|今年|去年|当年)?{_DAY}|\d{{4}}年|20\d\d[-./]\d+(?:[-./]\d+)?)"
    r"(?:以来|起|份|底|初|期间|前夕)?(?:[上中下]午|晚上?|早上?|清晨|凌晨)?"
)
_LEAD = re.compile(f"^(?:{_TIME}|{'|'.join(table()['leads'])})")
_BULLET = re.compile(r"^\W+")
_PLACE_AFTER = re.compile(f"^(?:{'|'.join(table()['makes_a_place'])})")
_OBJECT_BEFORE = re.compile(f"^(?:{'|'.join(table()['makes_an_object'])})")
_CLEAR_NAME = 5
_CLEAR_TYPES = frozenset({"bank", "school", "hospital", "hotel", "company"})
"""What ends like these is a name; 提升街道, 机关 and 中心 may be no more than the end of a sentence."""
_OTHERS = re.compile(
    r"^(?:全?市|区|省|县)(?:委|政府)|^(?:记者|居民|群众|老人|患者|家长|孩子|[一二三\d]+[余多]?名?居民|大家|业主|村民|“)"
)


_INSIDE = re.compile(
    r"^[该我本贵]?(?P<whole>集团|公司|学校|医院|酒店|银行|[局厅委办处院校行店厂馆社])"
    r"(?:机关)?(?:党委|党组|党总支|党支部|支部|工会|团委|团支部|妇联|机关)"
)
"""集团团委, 局机关: a part that goes by the name of the whole."""
_BRANCH = re.compile(r"(?P<core>.+?)(?:机关)?(?:党总支|党支部|支部|工会|团委|团支部)$")
_WHOLES = {
    **dict.fromkeys("局厅委办处", frozenset({"organ"})),
    "院": frozenset({"hospital", "institute", "organ", "school"}),
    "校": frozenset({"school"}),
    "行": frozenset({"bank"}),
    "店": frozenset({"hotel"}),
    "厂": frozenset({"company"}),
    "馆": frozenset({"institute"}),
    "社": frozenset({"association"}),
}


@dataclass(frozen=True)
class Doer:
    """`name` as it is told: of the registry if `known`, else as the report has it."""

    name: str
    known: Known | None = None

    @property
    def type(self) -> str:
        return type_of(self.name)


@dataclass
class Cast:
    """Who has been named so far, and who acts now. `section` is set while the text stands under an organization's heading."""

    register: Register
    section: Doer | None = None
    current: Doer | None = None
    report: Doer | None = None
    """Whom the whole report is about: named in its title, or signed below."""
    named: list[Doer] = field(default_factory=list)
    known_names: dict[str, Doer] = field(default_factory=dict)

    def doer(self, name: str) -> Doer:
        """The organization meant by `name`: one named before, one of the registry, or a new one."""
        if name not in self.known_names:
            self.known_names[name] = self._resolved(name)
        return self.known_names[name]

    def _resolved(self, name: str) -> Doer:
        known = self.register.find(name)
        if known:
            return Doer(known.name, known)
        near = [self.section] if self.section else []
        for doer in [*near, *reversed(self.named)]:
            if may_mean(name, doer.name) or (doer.known and any(may_mean(name, other) for other in doer.known.names)):
                return doer
        return Doer(name)

    def begin_section(self, name: str) -> None:
        self.section = None
        self.section = self.current = self.doer(name)
        self.named.append(self.section)

    def end_section(self) -> None:
        self.section, self.current = None, self.report

    def acts(self, doer: Doer) -> Doer:
        self.current = doer
        self.named.append(doer)
        return doer

    def default(self) -> Doer | None:
        return self.current or self.section or self.report


def subject(text: str, cast: Cast, *, look_closely: bool = False) -> Doer | None:
    """Who is named or meant at the beginning of a clause; None where nobody is.

    `look_closely` asks the language model where the rules find no name.
    """
    start = _after_lead(text)
    rest = text[start:]
    if not rest or (
        _OBJECT_BEFORE.match(rest) and not cast.register.at_start(rest) and not lexical.organization_at_start(rest)
    ):
        return None
    named = _registered(rest, cast) or _part(rest, cast) or _written(rest, cast)
    if named:
        return named
    meant = _meant(rest, cast)
    if meant or not look_closely or _OTHERS.match(rest):
        return meant
    found = lexical.organization_at_start(rest)
    return cast.doer(found) if found else None


def _after_lead(text: str) -> int:
    position = 0
    while found := (_BULLET.match(text[position:]) or _LEAD.match(text[position:])):
        if not found.end():
            break
        position += found.end()
    return position


def _registered(text: str, cast: Cast) -> Doer | None:
    skipped = led_by(text)
    found = cast.register.at_start(text[skipped:])
    if found is None:
        return None
    name, known = found
    behind = text[skipped + len(name) :]
    longer = name_at(text[skipped:])
    if longer and len(longer[0]) > len(name) and type_of(longer[0]) not in {"", type_of(name)}:
        return None
    return None if _PLACE_AFTER.match(behind) else Doer(known.name, known)


def _written(text: str, cast: Cast) -> Doer | None:
    for doer in [] if led_by(text) else [*([cast.section] if cast.section else []), *cast.named[-6:]]:
        for name in _ways_to_say(doer):
            if text.startswith(name) and not _PLACE_AFTER.match(text[len(name) :]):
                return doer
    found = name_at(text)
    if found is None or _PLACE_AFTER.match(text[found[1] :]):
        return None
    name = found[0]
    if is_generic(name):
        return _ending_like(name, cast)
    if (branch := _BRANCH.match(name)) and not type_of(branch["core"]) and cast.default():
        return cast.default()
    if (
        name in cast.known_names
        or (len(name) >= _CLEAR_NAME and type_of(name) in _CLEAR_TYPES)
        or lexical.begins_with_a_name(text[found[1] - len(name) :])
    ):
        return cast.doer(name)
    return None


def _part(text: str, cast: Cast) -> Doer | None:
    found = _INSIDE.match(text)
    if found is None:
        return None
    meant = stand_in_at(found["whole"])
    return _last_of(_WHOLES.get(found["whole"]) or (meant[1] if meant else frozenset()), cast)


def _ending_like(word: str, cast: Cast) -> Doer | None:
    """服务站 means the one whose name has it."""
    before = [*([cast.section] if cast.section else []), *reversed(cast.named), *([cast.report] if cast.report else [])]
    return next((doer for doer in before if word in doer.name), None)


def _ways_to_say(doer: Doer) -> list[str]:
    """河南省供销社 is called 省供销社 and 供销社 in the same text."""
    name = doer.name
    found = re.match(r"^[\u4e00-\u9fff]{2,3}(省|市|区|县)(.{2,})$", name)
    return [name, *([f"{found[1]}{found[2]}", found[2]] if found and len(found[2]) > 2 else [])]


def _meant(text: str, cast: Cast) -> Doer | None:
    found = stand_in_at(text)
    return _last_of(found[1], cast) if found else None


def _last_of(types: frozenset[str], cast: Cast) -> Doer | None:
    if "any" in types:
        return cast.default()
    for doer in [*([cast.section] if cast.section else []), *reversed(cast.named), *([cast.report] if cast.report else [])]:
        if doer.type in types or (doer.known and any(type_of(name) in types for name in doer.known.names)):
            return doer
    return None
