"""Shared venues and goods for machines. Scopes `sharing:read` and `sharing:write`; what an account may not see is not there."""

from gongjian.work.sharing.api import bookings, goods, venues
from gongjian.work.sharing.api.routes import router

__all__ = ["bookings", "goods", "router", "venues"]
