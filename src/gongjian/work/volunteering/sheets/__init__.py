"""Lists that come in as Excel files."""
