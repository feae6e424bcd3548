"""What honors announces to the storeys above it. Receivers run in the transaction of the act."""

from django.dispatch import Signal

campaign_published = Signal()
"""Sent with `campaign` and `actor` when the honor page shall go up."""
