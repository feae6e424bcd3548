"""An official paper as Word, and the check that reads the finished file."""

from gongjian.chronicle.official.word.build import as_word

__all__ = ["as_word"]
