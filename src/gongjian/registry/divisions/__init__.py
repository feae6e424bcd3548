"""Reading the national division codes: one subdistrict, from the province down to its communities."""

from gongjian.registry.divisions.reading import Division, DivisionsError, read_divisions

__all__ = ["Division", "DivisionsError", "read_divisions"]
