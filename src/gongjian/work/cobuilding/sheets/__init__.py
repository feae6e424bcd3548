"""The three lists as Excel files: in by one row a listing or claim, out with the same columns."""
