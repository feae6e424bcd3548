"""The router of what has the same paths for reading and for writing: a path belongs to one router."""

from ninja import Router

from gongjian.registry.tokens import TokenAuth

WRITES = TokenAuth("whistles:write")
router = Router(tags=["whistles"], auth=TokenAuth("whistles:read"))
