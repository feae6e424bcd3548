"""Bytes → text: UTF-8, UTF-16 with its mark, GB18030 or Big5, by which of them gives Chinese that people write."""

import codecs

from django.utils.translation import gettext as _

from gongjian.chronicle.reading.files.refusals import refusal

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANDIDATES = ("gb18030", "big5hkscs")
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "這個們為與會區務動國學發時來說對產種後實體機開當應還從業裡電動經過單關係記開點內長樣當讓員區街道社区服务居民志愿活动党"
    "，。、：；（）“”《》0123456789\n"
)
_LEAST = 0.25
"""In Chinese text far more than every fourth character is one of these."""


def decode(content: bytes) -> str:
    """Raises Invalid for what is no text in any encoding that is used for Chinese."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding) or _give_up()
    if b"\x00" in content[:4096]:
        _give_up()
    found = _strict(content, "utf-8")
    if found is not None:
        return found
    readings = [text for encoding in _CANDIDATES if (text := _strict(content, encoding)) is not None]
    best = max(readings, key=_share, default="")
    return best if best and _share(best) >= _LEAST else _give_up()


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(text: str) -> float:
    return sum(character in _FREQUENT for character in text) / max(1, len(text))


def _give_up() -> str:
    raise refusal(_("看不出这是用什么编码写的文字。请另存为 UTF-8 文本，或者直接粘贴。"), "report-encoding")
