"""Writing pages from deeds. No figure is typed here: each comes from the ledger and names where."""

from gongjian.chronicle.writing.honor_page import compose

__all__ = ["compose"]
