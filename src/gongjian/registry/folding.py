"""Bringing names to one form for comparison."""

import unicodedata


def fold_name(name: str) -> str:
    """Full-width to half-width (NFKC), no spaces, brackets or middle dots, lower case."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return "".join(character for character in folded if character.isalnum())
