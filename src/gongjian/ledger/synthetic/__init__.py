"""Synthetic deeds in bulk, for measuring. All are marked: organizations named 合成…, source room "synthetic"."""
