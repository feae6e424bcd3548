"""Gongjian (共建): the working system of a subdistrict office and everyone who helps it."""

__version__ = "0.1.0"
