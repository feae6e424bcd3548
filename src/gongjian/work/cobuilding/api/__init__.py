"""Co-building for machines. Scopes `cobuilding:read` and `cobuilding:write`; what an account may not see is not there."""

from gongjian.work.cobuilding.api import claims, listings
from gongjian.work.cobuilding.api.routes import router

__all__ = ["claims", "listings", "router"]
