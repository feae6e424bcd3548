"""What the words of a whistle are good for: finding it, finding its like, and guessing what it is about."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Q, TextField, Value
from django_scopes import get_scope

from gongjian.registry.models import Office
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.policies import keywords
from gongjian.work.whistles.words.answers import Answer
from gongjian.work.whistles.words.rules import suggest_by_keywords
from gongjian.work.whistles.words.segmenting import document_words, query_words
from gongjian.work.whistles.words.terms import terms

LONGEST_WORD = 60
"""PostgreSQL refuses a lexeme of 2 kB; nobody searches for half of that."""


class Lexemes(SearchQuery):
    """A query that asks for whole words as they stand, past PostgreSQL's parser, which knows no Chinese."""

    def __init__(self, words: list[str]) -> None:
        quoted = ("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)
        super().__init__(" & ".join(quoted), search_type="raw")

    def as_sql(self, compiler: Any, connection: Any, function: Any = None, template: Any = None, **options: Any) -> Any:  # type: ignore[override]
        return super().as_sql(compiler, connection, template="(%(expressions)s)::tsquery")


def index(whistle: Whistle) -> None:
    """Set what the text is found by."""
    words = Value(words_of(f"{whistle.text} {whistle.spot}"), output_field=ArrayField(TextField()))
    whistle.search = Func(words, function="array_to_tsvector", output_field=SearchVectorField())
    whistle.terms = terms(whistle.text)


def words_of(text: str) -> list[str]:
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in document_words(text)))


def search_query(text: str) -> Q:
    """Whistles that have all the words of `text`; everything where it has none."""
    words = [word[:LONGEST_WORD] for word in query_words(text)]
    return Q(search=Lexemes(words)) if words else Q()


def suggest(text: str) -> dict[str, Any]:
    """`Whistle.suggestion` for a text: from the office's own model if it has one, else by keywords; empty for no idea."""
    known = keywords()
    answer, by = _by_model(text), "model"
    if answer is None or not any(answer.label == category.code for category in known):
        answer, by = suggest_by_keywords(text, known), "rules"
    if answer is None:
        return {}
    return {"category": answer.label, "confidence": answer.confidence, "words": list(answer.words), "by": by}


def model_path(office: Office) -> Path:
    """Where `gongjian whistles train` puts what the office's own history taught."""
    return Path(settings.VAR) / "models" / f"whistles-{office.code}.model"


def _by_model(text: str) -> Answer | None:
    path = model_path(get_scope()["office"])
    if not path.exists():
        return None
    from gongjian.work.whistles.words.classifying import load

    return load(path).classify(text)
