"""Volunteering for machines. Scopes `volunteering:read` and `volunteering:write`; names of volunteers are not given out."""

from gongjian.work.volunteering.api import calls, hours
from gongjian.work.volunteering.api.routes import router

__all__ = ["calls", "hours", "router"]
