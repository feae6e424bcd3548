"""The pages of retrofit elevators."""
