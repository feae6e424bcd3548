"""What the ledger's deeds add up to: from the kept sums (`kept`), or record by record on any of three engines (`questions`)."""

from gongjian.ledger.statistics.kept import DIMENSIONS, Slice, Total, approximations, latest_month, tallies, total, totals_by

__all__ = ["DIMENSIONS", "Slice", "Total", "approximations", "latest_month", "tallies", "total", "totals_by"]
