"""Retrofit elevators: who pays how much."""
