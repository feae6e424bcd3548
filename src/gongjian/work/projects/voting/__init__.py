"""Owners' votes: who may vote, what counts, and which law decides."""
