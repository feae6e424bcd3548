"""What a text was taken for, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """`confidence` is between 0 and 1; `words` stand in the text and led to the label, the strongest first."""

    label: str
    confidence: float
    words: tuple[str, ...] = ()
