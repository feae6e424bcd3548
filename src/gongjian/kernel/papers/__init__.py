"""Plain papers, as Word and as PDF from one description: what is printed here and what is edited there say the same."""

from gongjian.kernel.papers.description import Paper, Part, Table

__all__ = ["Paper", "Part", "Table"]
