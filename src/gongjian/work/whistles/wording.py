"""What the words of a whistle are good for: finding it, finding its like, and guessing what it is about."""

from typing import Any

from django.db.models import Q

from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.policies import categories


def index(whistle: Whistle) -> None:
    """Set what the text is found by."""


def suggest(text: str) -> dict[str, Any]:
    """`Whistle.suggestion` for a text; empty when nothing is known."""
    found = next((c for c in categories() if any(word in text for word in c.keywords)), None)
    return {"category": found.code, "confidence": 0.5, "words": [], "by": "rules"} if found else {}


def search_query(words: str) -> Q:
    """Whistles whose text answers to `words`."""
    return Q(text__icontains=words)
