"""A classifier of keywords alone."""

from collections.abc import Mapping

from gongjian.work.whistles.words.answers import Answer
from gongjian.work.whistles.words.catalogue import shipped_categories
from gongjian.work.whistles.words.rules import KeywordCategory, suggest_by_keywords


class KeywordClassifier:
    """Answers like a model, for an office that has none yet; the empty label where no keyword occurs."""

    def __init__(self, keywords: Mapping[str, tuple[str, ...]]) -> None:
        self._categories = [KeywordCategory(code, words) for code, words in keywords.items()]

    @classmethod
    def shipped(cls) -> "KeywordClassifier":
        return cls({category.code: category.keywords for category in shipped_categories()})

    def classify(self, text: str) -> Answer:
        return suggest_by_keywords(text, self._categories) or Answer("", 0.0)
