"""Writing from deeds: pages, statements, reports, sheets. Each figure comes from the ledger and names where; none is typed."""
