"""Synthetic deeds in bulk, for measuring. Everything made here is marked: organizations named 合成…, source room "synthetic"."""
