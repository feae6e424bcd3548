"""The categories that are shipped with the product; an office edits its own copy."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongjian.work.whistles.words.rules import KeywordCategory

GRADES = ("emergency", "livelihood", "ordinary", "hard")
UNITS = ("hours", "days", "working_hours", "working_days")


@dataclass(frozen=True)
class Limit:
    amount: int
    unit: str


@dataclass(frozen=True)
class ShippedCategory:
    code: str
    major: str
    minor: str
    name_en: str
    grade: str
    opening_condition: str
    closing_condition: str
    response: Limit
    resolution: Limit
    keywords: tuple[str, ...]

    def by_keywords(self) -> KeywordCategory:
        return KeywordCategory(self.code, self.keywords)


@cache
def shipped_categories() -> tuple[ShippedCategory, ...]:
    """In the order of the file, which is the order to show them in."""
    content = (files("gongjian.work.whistles.words") / "data" / "categories.toml").read_text(encoding="utf-8")
    return tuple(
        ShippedCategory(
            **{
                **row,
                "response": Limit(**row["response"]),
                "resolution": Limit(**row["resolution"]),
                "keywords": tuple(row["keywords"]),
            }
        )
        for row in tomllib.loads(content)["category"]
    )
