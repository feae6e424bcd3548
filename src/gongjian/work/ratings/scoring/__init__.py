"""How a scheme scores: plain values and pure functions, so that a result can be computed by hand from what the page shows."""
