"""The measures of GB/T 9704-2012, each with the clause that states it.

Clauses and numbers were checked against public retellings, not against the standard itself; where those disagree, the figures
of the 2012 edition stand here.
"""

from dataclasses import dataclass

TWIPS_IN_MM = 1440 / 25.4
PAGE = (210, 297)
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
"""天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (5.2.1)."""
TEXT_WIDTH, TEXT_HEIGHT = 156, 225
LINES, CHARACTERS = 22, 28
BODY_SIZE, TITLE_SIZE, SMALL_SIZE = 16, 22, 14
"""3号, 2号, 4号 in points."""
SONG, FANGSONG, HEI, KAI, NUMBER_SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
RED = "FF0000"
LINE_PITCH = 579
"""A twip less than a 22nd of the text block, so that 22 lines fit in."""
CLOSER = -5
"""Characters stand a quarter of a point closer: 28 of 16 pt in 156 mm (442 pt)."""
CHARACTER = BODY_SIZE * 20 + CLOSER
"""From one character of the body to the next, in twips."""
MARK_BELOW_TOP = 35
"""From the upper edge of the text block to that of the issuer's mark (7.2.4)."""
RULE_BELOW_NUMBER = 4
"""mm (7.2.7)."""
THICK_RULE, THIN_RULE = 8, 6
"""0.35 and 0.25 mm, in eighths of a point (7.4.1)."""
NUMBER_BELOW_TEXT = 7
"""From the text block to the dash of the page number (7.5)."""
LETTER_MARK_BELOW_EDGE, LETTER_RULE, LETTER_RULE_ABOVE_EDGE = 30, 170, 20
"""信函格式 (10.1): from the page's edge to the mark, the length of the double rules, from the lower one to the edge."""


def twips(millimeters: float) -> int:
    return round(millimeters * TWIPS_IN_MM)


@dataclass(frozen=True)
class Face:
    """How a kind of line is set: its font and whether it is indented by two characters."""

    font: str
    indented: bool = True


LEVELS = {0: Face(FANGSONG), 1: Face(HEI), 2: Face(KAI), 3: Face(FANGSONG), 4: Face(FANGSONG)}
"""0 is running text; 一、 黑体, （一） 楷体, 1. and （1） 仿宋 (7.3.3)."""
