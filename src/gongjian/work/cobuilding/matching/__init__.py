"""Which offer for which need: plain facts in, explained suggestions out. Knows no database and no office."""
