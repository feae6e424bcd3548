"""What can go wrong in the domain. Services raise these; pages and the API word them for people and machines."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A request that the rules refuse. `str(error)` is a sentence for the person who asked, in their language.

    `code` is stable and for machines; `field` names the form field that the sentence belongs to, if one does.
    """

    code = "refused"
    status = 409

    def __init__(self, sentence: Any, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class Invalid(DomainError):
    """Something in the input cannot be: a wrong checksum, an impossible date, an absurd quantity."""

    code = "invalid"
    status = 422


class Conflict(DomainError):
    """The thing is no longer in the state that the request assumes."""

    code = "conflict"
    status = 409


class NotAllowed(DomainError):
    """The acting account may not do this here."""

    code = "not-allowed"
    status = 403


class Missing(DomainError):
    """No such thing, or nothing the acting account may know of: both answer alike on purpose."""

    code = "missing"
    status = 404


class InvalidMany(Invalid):
    """Several fields are wrong at once; `sentences` maps a field's name to its sentence."""

    def __init__(self, sentences: Mapping[str, Any]) -> None:
        super().__init__("；".join(str(sentence) for sentence in sentences.values()))
        self.sentences = dict(sentences)
